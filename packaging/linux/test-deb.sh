#!/usr/bin/env bash
# Install the package into a Debian 12 without Python, use it, upgrade it, purge it. Needs root and debootstrap.
#
#   packaging/linux/test-deb.sh OLD.deb NEW.deb [FOLDER]      (FOLDER: where the Debian is put; kept for the next time)
set -euo pipefail
old=$(realpath "$1"); new=$(realpath "$2"); root=${3:-build/debian12}
mkdir -p "$(dirname "$root")"
here=$(cd "$(dirname "$0")" && pwd)

[ -x "$root/usr/bin/apt-get" ] || debootstrap --variant=minbase bookworm "$root" >/dev/null
for name in /etc/resolv.conf /etc/hosts; do cp "$name" "$root$name" 2>/dev/null || true; done
cp -r /etc/apt/apt.conf.d/. "$root/etc/apt/apt.conf.d/"
cp /etc/apt/sources.list "$root/etc/apt/" 2>/dev/null || true
cp -r /etc/apt/sources.list.d/. "$root/etc/apt/sources.list.d/" 2>/dev/null || true
if [ -d /usr/local/share/ca-certificates ]; then cp -r /usr/local/share/ca-certificates "$root/usr/local/share/"; fi
cp "$old" "$root/tmp/old.deb"; cp "$new" "$root/tmp/new.deb"
cp "$here/inside-debian.sh" "$root/tmp/inside.sh"
mountpoint -q "$root/proc" || mount -t proc proc "$root/proc" || true
mountpoint -q "$root/dev" || mount --bind /dev "$root/dev" || true
trap 'umount "$root/proc" "$root/dev" 2>/dev/null || true' EXIT
chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 \
    http_proxy="${http_proxy:-}" https_proxy="${https_proxy:-}" bash /tmp/inside.sh
cp "$root/tmp/window.png" "$(dirname "$new")/window.png" 2>/dev/null || true
