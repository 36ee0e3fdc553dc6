# Sets JAVA_HOME to the newest JDK of version 21 or above: JAVA_HOME, then PATH, then the usual folders.

fairground_jdk_version() {
  [ -x "$1/bin/javac" ] || return 1
  "$1/bin/javac" -version 2>&1 | sed -n 's/^javac \([0-9]*\).*/\1/p'
}

fairground_find_jdk() {
  on_path=$(command -v javac 2>/dev/null || true)
  [ -z "$on_path" ] || on_path=$(dirname "$(dirname "$(readlink -f "$on_path")")")
  for home in "${JAVA_HOME:-}" "$on_path"; do
    [ -n "$home" ] || continue
    version=$(fairground_jdk_version "$home") || continue
    if [ "${version:-0}" -ge 21 ]; then
      echo "$home"
      return 0
    fi
  done
  best= best_version=20
  for home in /usr/lib/jvm/* /opt/java/* /opt/jdk* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/*; do
    version=$(fairground_jdk_version "$home") || continue
    if [ "${version:-0}" -gt "$best_version" ]; then
      best=$home best_version=$version
    fi
  done
  [ -n "$best" ] && echo "$best"
}

if ! JAVA_HOME=$(fairground_find_jdk); then
  echo "Fairground needs a JDK 21 or newer. Install one, or point JAVA_HOME at it." >&2
  exit 1
fi
export JAVA_HOME
if ! command -v mvn >/dev/null 2>&1; then
  echo "Fairground is built with Maven; there is no mvn on PATH." >&2
  exit 1
fi
