#!/usr/bin/env bash
# Runs inside the Debian of test-deb.sh: what a new user does, from install to purge.
set -euo pipefail
export DEBIAN_FRONTEND=noninteractive
say() { echo "--- $*"; }
me() { su -s /bin/bash - writer -c "$*"; }

say "clean"
apt-get update -q >/dev/null
apt-get purge -yq northing >/dev/null 2>&1 || true
apt-get autoremove -yq --purge >/dev/null 2>&1 || true
id writer >/dev/null 2>&1 || useradd -m writer
rm -rf /home/writer/.local /home/writer/.config
if command -v python3; then echo "there is a Python here: this tests nothing"; exit 1; fi

say "install by apt, with what it depends on and nothing more"
apt-get install -yq --no-install-recommends /tmp/old.deb >/tmp/apt.log 2>&1 || { tail -20 /tmp/apt.log; exit 1; }
if command -v python3; then echo "the package brought a Python along"; exit 1; fi
dpkg -s northing | grep -E '^(Version|Installed-Size)'

say "self-test"
me northing --self-test

say "write"
me 'northing add "The first words, kept for good #first"'
me 'northing search kept'

say "a window under Xvfb"
apt-get install -yq --no-install-recommends xvfb x11-apps imagemagick >/tmp/apt.log 2>&1 || { tail -20 /tmp/apt.log; exit 1; }
Xvfb :77 -screen 0 1400x900x24 >/tmp/xvfb.log 2>&1 & xvfb=$!
trap 'kill $xvfb 2>/dev/null || true' EXIT
for _ in $(seq 50); do [ -e /tmp/.X11-unix/X77 ] && break; sleep 0.1; done
su -s /bin/bash - writer -c 'DISPLAY=:77 timeout 12 northing' >/tmp/northing.log 2>&1 & window=$!
sleep 6
DISPLAY=:77 xwd -root -silent | convert xwd:- /tmp/window.png
colors=$(convert /tmp/window.png -format %k info:)
echo "colours on the screen: $colors"
[ "$colors" -gt 50 ] || { cat /tmp/northing.log; exit 1; }
wait $window || [ $? = 124 ]
cat /tmp/northing.log

say "upgrade"
before=$(me 'northing check --json')
apt-get install -yq --no-install-recommends /tmp/new.deb >/tmp/apt.log 2>&1 || { tail -20 /tmp/apt.log; exit 1; }
dpkg -s northing | grep -E '^Version'
me 'northing search kept' | grep -q 'The first words'
after=$(me 'northing check --json')
echo "$before"; echo "$after"
[ "$before" = "$after" ] || { echo "the upgrade changed the journal"; exit 1; }
me northing --self-test >/dev/null

say "purge"
apt-get purge -yq northing >/dev/null 2>&1
left=$(find / -xdev -iname '*northing*' -not -path '/proc/*' -not -path '/tmp/*' -not -path '/home/writer/*' -not -path '/var/log/*' || true)
[ -z "$left" ] || { echo "left behind: $left"; exit 1; }
find /home/writer -name '*.northing' | grep -q . || { echo "the journal is gone"; exit 1; }
echo "only the user's own files are left:"; find /home/writer -path '*northing*' -type f | sed 's/^/  /'
say "all of it works"
