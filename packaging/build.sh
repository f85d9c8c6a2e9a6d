#!/usr/bin/env bash
# The folder with everything in it, from the Python that runs PyInstaller: packaging/build.sh PYTHON [DIST]
set -euo pipefail
cd "$(dirname "$0")/.."
python=$1
dist=${2:-dist}
export SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || echo 1700000000)}
export PYTHONHASHSEED=0
"$python" -m PyInstaller --noconfirm --clean --log-level WARN --distpath "$dist" --workpath build/pyinstaller packaging/northing.spec

# Symbols for debuggers are half of some libraries. The libraries that NumPy brings were patched after linking and
# must stay as they are.
if command -v strip >/dev/null && [ "$(uname)" = Linux ]; then
    find "$dist/northing/_internal" -name '*.so*' -type f -not -path '*/numpy.libs/*' -not -path '*/PySide6/Qt/lib/*' \
        -exec strip --strip-unneeded {} +
fi
du -sh "$dist/northing"
