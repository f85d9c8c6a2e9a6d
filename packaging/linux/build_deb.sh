#!/usr/bin/env bash
# A Debian package of the folder that packaging/build.sh made: packaging/linux/build_deb.sh DIST OUT
set -euo pipefail
cd "$(dirname "$0")/../.."
folder=$1/northing
out=$2
version=$(sed -n 's/^__version__ = "\(.*\)"/\1/p' app/__init__.py)
export SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || echo 1700000000)}
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
install -d "$root"/{DEBIAN,usr/bin,usr/lib,usr/share/{applications,metainfo,mime/packages,man/man1,doc/northing}}
cp -a "$folder" "$root/usr/lib/northing"
ln -s ../lib/northing/northing "$root/usr/bin/northing"
here=packaging/linux
install -m 644 $here/northing.desktop "$root/usr/share/applications/"
install -m 644 $here/org.northing.Northing.metainfo.xml "$root/usr/share/metainfo/"
install -m 644 $here/northing.xml "$root/usr/share/mime/packages/"
gzip -9nc $here/northing.1 > "$root/usr/share/man/man1/northing.1.gz"
gzip -9nc CHANGELOG.md > "$root/usr/share/doc/northing/changelog.gz"
cat packaging/licenses/NOTICE.txt LICENSE > "$root/usr/share/doc/northing/copyright"
install -d "$root/usr/share/icons/hicolor/scalable/apps"
install -m 644 resources/icons/northing.svg "$root/usr/share/icons/hicolor/scalable/apps/"
find "$root/usr" -type d -exec chmod 755 {} +
find "$root/usr" -type f -exec chmod u=rwX,go=rX {} +
chmod 755 "$root/usr/lib/northing/northing"
cat > "$root/DEBIAN/control" <<CONTROL
Package: northing
Version: $version
Section: editors
Priority: optional
Architecture: $(dpkg --print-architecture)
Maintainer: The Northing authors <northing@localhost>
Installed-Size: $(du -sk "$root/usr" | cut -f1)
Depends: libc6 (>= 2.34), libstdc++6, libgcc-s1, libgl1, libegl1, libglib2.0-0 | libglib2.0-0t64, libdbus-1-3, libfontconfig1, libfreetype6, libx11-6, libx11-xcb1, libxcb1, libxkbcommon0, libxkbcommon-x11-0, libxcb-cursor0, libxcb-icccm4, libxcb-keysyms1, libxcb-shape0, libxcb-xkb1, libgssapi-krb5-2, libwayland-client0, libwayland-cursor0, libwayland-egl1, libexpat1, tzdata
Recommends: shared-mime-info, desktop-file-utils
Homepage: https://northing.example.org
Description: private journal and goal tracker for product managers
 Every note, step and skill rating can be followed to a measurable outcome:
 objectives with key results inside a timeframe, check-ins, skills rated with
 evidence, and charts of how all of it goes.
 .
 Everything is one file in your own folder. There is no account, no network
 access and no AI service.
CONTROL
for script in postinst postrm; do
    cat > "$root/DEBIAN/$script" <<'SCRIPT'
#!/bin/sh
# Journals lie in their owners' folders and are never touched from here.
set -e
command -v update-desktop-database >/dev/null && update-desktop-database -q /usr/share/applications || true
command -v update-mime-database >/dev/null && update-mime-database /usr/share/mime || true
command -v gtk-update-icon-cache >/dev/null && gtk-update-icon-cache -qf /usr/share/icons/hicolor || true
SCRIPT
    chmod 755 "$root/DEBIAN/$script"
done
find "$root" -exec touch -hd "@$SOURCE_DATE_EPOCH" {} +
mkdir -p "$out"
dpkg-deb --root-owner-group -Zxz --build "$root" "$out/northing_${version}_$(dpkg --print-architecture).deb"
(cd "$out" && sha256sum ./*.deb > SHA256SUMS)
ls -la "$out"
