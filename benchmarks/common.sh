# Read by run-jmh and compare: where things are, a JDK 25, and the built class path.
here=$(cd "$(dirname "$(readlink -f "$0")")" && pwd)
root=$(dirname "$here")

say() { printf '%s: %s\n' "$(basename "$0")" "$*" >&2; }
die() { say "$@"; exit 1; }

find_java() {
  local home
  for home in "${JAVA_HOME:-}" /usr/lib/jvm/*; do
    if [ -n "$home" ] && [ -x "$home/bin/java" ] && grep -q '^JAVA_VERSION="25' "$home/release" 2>/dev/null; then
      printf '%s' "$home/bin/java"
      return
    fi
  done
  die 'no JDK 25 found (looked at JAVA_HOME and /usr/lib/jvm); see the README of the project'
}

# Builds benchmarks/target/lib unless it is newer than every source.
build_benchmarks() {
  local stamp=$here/target/.built log=$here/target/build.log
  if [ -f "$stamp" ] && [ -z "$(find "$root"/{capture,inspect,appliance-config,benchmarks}/{src/main,pom.xml} "$root/pom.xml" -newer "$stamp" -print -quit)" ]; then
    return
  fi
  command -v mvn >/dev/null 2>&1 || die 'Maven is needed to build: apt-get install maven'
  say 'building ...'
  mkdir -p "$here/target"
  (cd "$root" && mvn -B -q -ntp -pl benchmarks -am -Dmaven.test.skip=true package </dev/null) >"$log" 2>&1 \
    || { tail -n 40 "$log" >&2; die "the build failed; see $log"; }
  touch "$stamp"
}

java_options=(-cp "$here/target/lib/*" --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow)
