package dev.sluice.transport.server;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Headers that go along with what a request brought. */
final class Metadata {
    /** What proves who somebody is stays here: it would end up in queues on disk and in other people's requests. */
    private static final Set<String> SECRET = Set.of(
            "authorization",
            "proxy-authorization",
            "cookie",
            "set-cookie",
            "x-api-key",
            "api-key",
            "apikey",
            "x-auth-token",
            "x-access-token",
            "x-amz-security-token",
            "x-csrf-token");

    private Metadata() {}

    /** Adds a header unless it is a secret or a pseudo-header; {@code :authority} counts as {@code host}. */
    static void add(Map<String, String> metadata, CharSequence name, CharSequence value) {
        String key = name.toString().toLowerCase(Locale.ROOT);
        if (key.equals(":authority")) {
            metadata.putIfAbsent("host", value.toString());
        } else if (!SECRET.contains(key) && !key.startsWith(":")) {
            metadata.merge(key, value.toString(), (before, more) -> before + ";" + more);
        }
    }
}
