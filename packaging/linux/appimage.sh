#!/usr/bin/env bash
# Make dist/Northing-VERSION-ARCH.AppImage of a folder frozen with NORTHING_WHOLE=1. Not run here.
#
#   NORTHING_WHOLE=1 make frozen && packaging/linux/appimage.sh PATH-OF-APPIMAGETOOL
set -euo pipefail
cd "$(dirname "$0")/../.."
tool=$1
version=$(sed -n 's/^__version__ = "\(.*\)"$/\1/p' app/__init__.py)
day=$(git log -1 --format=%cs)
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
export SOURCE_DATE_EPOCH
tree=build/Northing.AppDir

rm -rf "$tree"
mkdir -p "$tree/usr/lib" "$tree/usr/bin" "$tree/usr/share/metainfo" "$tree/usr/share/applications"
cp -a dist/northing "$tree/usr/lib/northing"
ln -s ../lib/northing/northing "$tree/usr/bin/northing"
ln -s usr/bin/northing "$tree/AppRun"
install -m 644 packaging/linux/northing.desktop "$tree/northing.desktop"
install -m 644 packaging/linux/northing.desktop "$tree/usr/share/applications/northing.desktop"
install -m 644 resources/icons/northing.svg "$tree/northing.svg"
ln -s northing.svg "$tree/.DirIcon"
sed "s/@VERSION@/$version/; s/@DATE@/$day/" packaging/linux/org.northing.Northing.metainfo.xml \
    > "$tree/usr/share/metainfo/org.northing.Northing.appdata.xml"
find "$tree" -exec touch --no-dereference --date="@$SOURCE_DATE_EPOCH" {} +
"$tool" --no-appstream "$tree" "dist/Northing-$version-$(uname -m).AppImage"
