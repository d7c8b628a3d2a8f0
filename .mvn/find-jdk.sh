# Sourced by mvnw and sluice: sets JAVA_HOME to a JDK 25, or says what to install.
# With sluice_runtime_only=yes a runtime without compiler will do.
# Order: JAVA_HOME and then the java on the PATH, if they are a 25, then the newest 25 among the folders where systems keep their JDKs.

sluice_is_jdk25() {
    [ -x "$1/bin/java" ] && [ -r "$1/release" ] || return 1
    [ "${sluice_runtime_only-}" = yes ] || [ -x "$1/bin/javac" ] || return 1
    grep -q '^JAVA_VERSION="25[."]' "$1/release"
}

sluice_find_jdk25() {
    if [ -n "${JAVA_HOME-}" ] && sluice_is_jdk25 "$JAVA_HOME"; then
        echo "$JAVA_HOME"
        return 0
    fi
    # Mostly a link, by one or two more, to the one in its JDK.
    java=$(readlink -f "$(command -v java)" 2>/dev/null || true)
    if sluice_is_jdk25 "${java%/bin/java}"; then
        echo "${java%/bin/java}"
        return 0
    fi
    # The newest of several is the one whose release file names the highest JAVA_VERSION.
    for home in /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* /opt/*jdk* "${HOME:-/nonexistent}"/.sdkman/candidates/java/* \
        "${HOME:-/nonexistent}"/.jdks/* /Library/Java/JavaVirtualMachines/*/Contents/Home /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
        [ ! -L "$home" ] && sluice_is_jdk25 "$home" || continue
        printf '%s %s\n' "$(sed -n 's/^JAVA_VERSION="\(.*\)"/\1/p' "$home/release")" "$home"
    done | sort -t. -k1,1n -k2,2n -k3,3n | tail -n 1 | cut -d' ' -f2-
}

sluice_jdk=$(sluice_find_jdk25)
if [ -z "$sluice_jdk" ]; then
    echo "error: Sluice needs a JDK 25 and found none in JAVA_HOME, on the PATH or in the system's JDK folders." >&2
    echo "Install one, for example Debian/Ubuntu: apt-get install temurin-25-jdk (or openjdk-25-jdk)," >&2
    echo "Fedora: dnf install java-25-openjdk-devel, macOS: brew install openjdk@25, or set JAVA_HOME to it." >&2
    exit 1
fi
JAVA_HOME=$sluice_jdk
export JAVA_HOME
unset sluice_jdk
