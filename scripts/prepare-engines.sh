#!/usr/bin/env bash
# Puts the other programs that test/lake/other-engines.test.ts reads a lake with under .engines/: a Python environment
# with pyarrow and pandas, and the jars of Trino's Parquet reader. Usage: npm run engines:prepare
# WHEELSDOWN_PYTHON names the Python to begin with (default python3); WHEELSDOWN_JAVA_HOME a Java of 25 or newer, else
# JAVA_HOME, the one on the path and those that are installed are tried. Ends with 1 when something could not be had;
# the test then runs with what is there.
set -uo pipefail
cd "$(dirname "$0")/.."
readonly JAVA_WANTED=25
readonly VERSIONS=test/lake/engines
missing=0
mkdir -p .engines

say_missing() {
  echo "engines: $1" >&2
  missing=1
}

java_major() {
  "$1/bin/java" -version 2>&1 | sed -n '1s/.*version "\([0-9]*\).*/\1/p'
}

find_java() {
  local on_path home major
  on_path=$(command -v java) && on_path=$(dirname "$(dirname "$(readlink -f "$on_path")")")
  for home in "${WHEELSDOWN_JAVA_HOME:-}" "${JAVA_HOME:-}" "$on_path" /usr/lib/jvm/*; do
    # The compiler belongs to it: Java runs the program from its source.
    [ -x "$home/bin/java" ] && [ -x "$home/bin/javac" ] || continue
    major=$(java_major "$home")
    if [ "${major:-0}" -ge "$JAVA_WANTED" ]; then
      echo "$home"
      return
    fi
  done
  return 1
}

prepare_python() {
  local python=${WHEELSDOWN_PYTHON:-python3}
  [ -x .engines/venv/bin/python ] || "$python" -m venv .engines/venv || return 1
  .engines/venv/bin/python -m pip install --quiet --disable-pip-version-check -r "$VERSIONS/requirements.txt"
}

prepare_trino() {
  rm -rf .engines/trino.new
  mvn -q -B -ntp -f "$VERSIONS/pom.xml" dependency:copy-dependencies -DincludeScope=runtime \
    -DoutputDirectory="$PWD/.engines/trino.new" || return 1
  # Whole or not at all: an interrupted copy is no reader.
  rm -rf .engines/trino && mv .engines/trino.new .engines/trino
}

if prepare_python; then
  .engines/venv/bin/python -c 'import pandas, pyarrow; print("engines: pyarrow", pyarrow.__version__ + ", pandas", pandas.__version__)' ||
    say_missing "pyarrow and pandas were installed and do not load"
else
  say_missing "no Python environment with pyarrow and pandas could be made"
fi
rm -f .engines/java
if ! java_home=$(find_java); then
  say_missing "Trino's reader needs a JDK of $JAVA_WANTED or newer; name one in WHEELSDOWN_JAVA_HOME"
elif ! command -v mvn >/dev/null; then
  say_missing "Trino's reader comes with Maven (mvn), which is not here"
elif prepare_trino; then
  ln -s "$java_home" .engines/java
  echo "engines: $(basename .engines/trino/trino-parquet-*.jar .jar) on Java $(java_major "$java_home")"
else
  say_missing "Maven could not bring Trino's reader"
fi
exit "$missing"
