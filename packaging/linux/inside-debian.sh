#!/usr/bin/env bash
# Runs inside the Debian of test-deb.sh: what a new user does, from install to purge.
# Several processes are several words, and what the writer runs is not ours to fill in:
# shellcheck disable=SC2086,SC2016
set -euo pipefail
export DEBIAN_FRONTEND=noninteractive
say() { echo "--- $*"; }
me() { su -s /bin/bash - writer -c "$*"; }

say "clean"
apt-get update -q >/dev/null
tools=(xvfb x11-apps imagemagick openbox xdotool shared-mime-info desktop-file-utils libglib2.0-bin trayer weston)
apt-get purge -yq northing >/dev/null 2>&1 || true
apt-get purge -yq "${tools[@]}" >/dev/null 2>&1 || true # those of the last time; one of them brings a Python
apt-get autoremove -yq --purge >/dev/null 2>&1 || true
id writer >/dev/null 2>&1 || useradd -m writer
rm -rf /home/writer/.local /home/writer/.config /home/writer/Second.northing* /home/writer/Backups
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
apt-get install -yq --no-install-recommends "${tools[@]}" >/tmp/apt.log 2>&1 || { tail -20 /tmp/apt.log; exit 1; }
Xvfb :77 -screen 0 1400x900x24 >/tmp/xvfb.log 2>&1 & xvfb=$!
trap 'kill $xvfb 2>/dev/null || true' EXIT
for _ in $(seq 50); do [ -e /tmp/.X11-unix/X77 ] && break; sleep 0.1; done
export DISPLAY=:77
openbox >/dev/null 2>&1 &
shown() { su -s /bin/bash - writer -c "DISPLAY=:77 LANG=C.UTF-8 $*"; }
running() { # the processes of the program that have $1 among their words
    for words in /proc/[0-9]*/cmdline; do
        { tr '\0' '\n' <"$words" | grep -qx -- "$1" && tr '\0' '\n' <"$words" | head -1 | grep -qE '(^|/)northing$'; } \
            2>/dev/null && echo "$words" | tr -dc '0-9\n'
    done
    return 0
}
gone() {
    for _ in $(seq 50); do [ -z "$(running northing)" ] && sleep 1 && return; sleep 0.2; done
    echo "it did not end"
    return 1
}
window_of() { for _ in $(seq 100); do found=$(xdotool search --onlyvisible --name "$1" 2>/dev/null | tail -1 || true); [ -n "$found" ] && { echo "$found"; return; }; sleep 0.2; done; return 1; }
shown northing >/tmp/northing.log 2>&1 &
window=$(window_of Northing)
sleep 3
xwd -root -silent | convert xwd:- /tmp/window.png
colors=$(convert /tmp/window.png -format %k info:)
echo "colours on the screen: $colors"
[ "$colors" -gt 50 ] || { cat /tmp/northing.log; exit 1; }

say "a second start raises the first and ends"
shown timeout 20 northing || { echo "the second start did not end well"; exit 1; }

say "type, and pull the plug two seconds later"
xdotool windowactivate --sync "$window"
xdotool type --delay 20 "Typed before the power went"
sleep 2

pids=$(running northing)
echo "northing runs as ${pids//$'\n'/ }"
kill -KILL $pids
gone
me 'northing search power' | grep 'Typed before the power went'
me 'northing check'

say "a journal opens by double click"
me 'northing --journal Second.northing add "In the second one"'
[ "$(me 'gio info -a standard::content-type Second.northing' | grep -c application/x-northing)" = 1 ]
[ "$(me 'gio mime application/x-northing' | grep -c northing.desktop)" -ge 1 ]
shown 'gio open Second.northing' >/tmp/second.log 2>&1 || cat /tmp/second.log
window_of Northing >/dev/null
pids=$(running /home/writer/Second.northing)
[ -n "$pids" ] || { echo "nothing opened it"; exit 1; }
echo "opened: $(tr '\0' ' ' <"/proc/${pids%%$'\n'*}/cmdline")"
kill -TERM $pids
gone

say "closing leaves it in the tray, where that is chosen and there is one; a second start brings it back"
trayer --edge bottom --align right --widthtype request --height 24 >/dev/null 2>&1 &
mkdir -p /home/writer/.config/northing
printf '[General]\ntray=true\n' >/home/writer/.config/northing/window.ini
chown -R writer: /home/writer/.config
shown northing >>/tmp/northing.log 2>&1 &
window=$(window_of Northing)
sleep 3
xdotool windowactivate --sync "$window"
xdotool key alt+F4 # to whatever has the focus: a key sent to the window itself comes up when that is gone
sleep 1
[ -z "$(xdotool search --onlyvisible --name Northing 2>/dev/null || true)" ] || { echo "the window did not close"; exit 1; }
[ -n "$(running northing)" ] || { echo "closing ended it"; exit 1; }
xwd -root -silent | convert xwd:- /tmp/tray.png
shown timeout 20 northing
window_of Northing >/dev/null
sleep 1
xdotool search --onlyvisible --name Northing windowactivate --sync
xdotool key ctrl+q
gone
rm /home/writer/.config/northing/window.ini

say "Wayland"
mkdir -p /tmp/run && chown writer: /tmp/run && chmod 700 /tmp/run
su -s /bin/bash - writer -c 'export XDG_RUNTIME_DIR=/tmp/run WAYLAND_DISPLAY=wl-9 LANG=C.UTF-8
    weston --backend=headless-backend.so --socket=wl-9 >/tmp/run/weston.log 2>&1 & weston=$!
    for _ in $(seq 50); do [ -e /tmp/run/wl-9 ] && break; sleep 0.1; done
    northing --self-test | grep -E "wayland|passed"; kill $weston' | tee /tmp/wayland.log
grep -q "on wayland" /tmp/wayland.log && grep -q "self-test passed" /tmp/wayland.log

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
