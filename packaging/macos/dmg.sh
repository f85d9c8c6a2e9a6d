#!/usr/bin/env bash
# Make dist/Northing-VERSION-ARCH.dmg of dist/Northing.app; sign and notarise it where there is an identity. Not run here.
#
#   packaging/macos/dmg.sh arm64|x86_64
#   CODESIGN_IDENTITY                              "Developer ID Application: …"; without it the app stays unsigned
#   NOTARY_APPLE_ID NOTARY_PASSWORD NOTARY_TEAM    for Apple's notary
set -euo pipefail
cd "$(dirname "$0")/../.."
version=$(sed -n 's/^__version__ = "\(.*\)"$/\1/p' app/__init__.py)
image="dist/Northing-$version-$1.dmg"
app=dist/Northing.app

if [ -n "${CODESIGN_IDENTITY:-}" ]; then # PyInstaller signed what is inside; the whole is sealed last
    codesign --force --options runtime --timestamp --entitlements packaging/macos/entitlements.plist \
        --sign "$CODESIGN_IDENTITY" "$app"
    codesign --verify --deep --strict --verbose=2 "$app"
fi

stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
cp -a "$app" "$stage/"
ln -s /Applications "$stage/Applications"
rm -f "$image"
hdiutil create -volname Northing -srcfolder "$stage" -fs HFS+ -format UDZO -imagekey zlib-level=9 "$image"

if [ -n "${CODESIGN_IDENTITY:-}" ] && [ -n "${NOTARY_APPLE_ID:-}" ]; then
    codesign --sign "$CODESIGN_IDENTITY" --timestamp "$image"
    xcrun notarytool submit "$image" --apple-id "$NOTARY_APPLE_ID" --password "$NOTARY_PASSWORD" \
        --team-id "$NOTARY_TEAM" --wait
    xcrun stapler staple "$image"
    spctl --assess --type open --context context:primary-signature --verbose=2 "$image"
fi
shasum -a 256 "$image"
