#!/usr/bin/env bash
# Install, use, upgrade and purge the package in a bare Debian without Python, as root:
#   packaging/linux/test_deb.sh PACKAGE.deb [ROOT]
# ROOT is a debootstrap of bookworm; it is made where there is none.
set -euo pipefail
deb=$(readlink -f "$1")
root=${2:-/var/tmp/northing-chroot}
[ -x "$root/bin/sh" ] || debootstrap --variant=minbase bookworm "$root" http://deb.debian.org/debian
cp /etc/resolv.conf "$root/etc/" 2>/dev/null || true
cp -r /etc/apt/apt.conf.d/. "$root/etc/apt/apt.conf.d/" 2>/dev/null || true
cp "$deb" "$root/tmp/northing.deb"
mountpoint -q "$root/proc" || mount -t proc proc "$root/proc"
trap 'umount "$root/proc" || true' EXIT
inside() { chroot "$root" /usr/bin/env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"; }
say() { printf '\n--- %s\n' "$1"; }

say "install on a system without Python"
! inside sh -c 'command -v python3' || { echo "there is a python3 in this root: the test would prove nothing"; exit 1; }
inside apt-get update -q
inside apt-get install -yq --no-install-recommends /tmp/northing.deb

say "self-test and a day's use"
inside northing --self-test
inside northing add "First entry in the chroot #test"
inside northing search chroot

say "a window under Xvfb"
inside apt-get install -yq --no-install-recommends xvfb xauth >/dev/null
inside sh -c 'xvfb-run -a timeout 20 northing & sleep 8; ls ~/.local/share/northing; kill %1 2>/dev/null; wait' || true
inside northing check

say "upgrade keeps the journal"
inside sh -c 'cd /tmp && rm -rf newer && dpkg-deb -R northing.deb newer && sed -i "s/^Version: .*/Version: 99.0/" newer/DEBIAN/control && dpkg-deb --root-owner-group -Zgzip -z1 -b newer newer.deb >/dev/null'
inside apt-get install -yq --no-install-recommends /tmp/newer.deb
inside sh -c 'dpkg-query -W northing'
inside northing search chroot | grep -q "First entry"

say "purge leaves only what the user wrote"
inside apt-get purge -yq northing
test -f "$root/root/.local/share/northing/Journal.northing"
left=$(chroot "$root" find / -xdev -iname '*northing*' -not -path '/root/.local/*' -not -path '/root/.config/*' -not -path '/root/.cache/*' -not -path '/tmp/*' -not -path '/proc/*' -not -path '/var/log/*' -not -path '/var/cache/*' -not -path '/root/.local')
[ -z "$left" ] || { echo "left behind: $left"; exit 1; }
rm -rf "$root/root/.local/share/northing" "$root/root/.local/state/northing" "$root/root/.config/northing" "$root"/tmp/newer*
echo "The package installs, works, upgrades and goes without a trace."
