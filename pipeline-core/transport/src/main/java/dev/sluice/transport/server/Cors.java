package dev.sluice.transport.server;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Cross-origin requests of browsers (fetch.spec.whatwg.org, "HTTP extensions"), as the Collector allows them: methods GET, POST and
 * HEAD, credentials too.
 */
final class Cors {
    /** Allowed without being listed, as in the Collector. */
    private static final Set<String> HARMLESS = Set.of("accept", "accept-language", "content-language", "content-type");

    private static final Set<String> METHODS = Set.of("GET", "POST", "HEAD");

    private final CorsConfig config;
    private final List<String[]> origins;
    private final Set<String> headers;

    Cors(CorsConfig config) {
        this.config = config;
        this.origins = config.allowedOrigins().stream()
                .map(origin -> origin.toLowerCase(Locale.ROOT).split("\\*", -1))
                .toList();
        Stream<String> allowed = config.allowedHeaders().isEmpty()
                ? Stream.of("x-requested-with")
                : config.allowedHeaders().stream().map(name -> name.toLowerCase(Locale.ROOT));
        this.headers = Stream.concat(HARMLESS.stream(), allowed).collect(Collectors.toSet());
    }

    /** Adds what a browser must know; true if the request was only a question whether it may send, which is answered then. */
    boolean answers(HttpCall call) {
        String origin = call.header("origin");
        String asked = call.header("access-control-request-method");
        boolean preflight = call.method().equals("OPTIONS") && asked != null;
        call.header(
                "vary", preflight ? "Origin, Access-Control-Request-Method, Access-Control-Request-Headers" : "Origin");
        if (origin != null && allowed(origin)) {
            if (preflight) {
                permit(call, origin, asked);
            } else {
                allow(call, origin);
                if (!config.exposedHeaders().isEmpty()) {
                    call.header("access-control-expose-headers", String.join(", ", config.exposedHeaders()));
                }
            }
        }
        if (preflight) {
            call.empty(204);
        }
        return preflight;
    }

    private void permit(HttpCall call, String origin, @Nullable String method) {
        String wanted = call.header("access-control-request-headers");
        if (!METHODS.contains(method) || !permitted(wanted)) {
            return;
        }
        allow(call, origin);
        call.header("access-control-allow-methods", method == null ? "" : method);
        if (wanted != null && !wanted.isBlank()) {
            call.header("access-control-allow-headers", wanted);
        }
        if (config.maxAge() > 0) {
            call.header("access-control-max-age", Integer.toString(config.maxAge()));
        }
    }

    private void allow(HttpCall call, String origin) {
        call.header("access-control-allow-origin", config.allowedOrigins().contains("*") ? "*" : origin);
        call.header("access-control-allow-credentials", "true");
    }

    private boolean permitted(@Nullable String wanted) {
        if (wanted == null || headers.contains("*")) {
            return wanted == null || HeaderText.isValue(wanted);
        }
        return Stream.of(wanted.split(",", -1))
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .allMatch(name -> name.isEmpty() || headers.contains(name));
    }

    private boolean allowed(String origin) {
        String lower = origin.toLowerCase(Locale.ROOT);
        return HeaderText.isValue(origin) && origins.stream().anyMatch(pattern -> matches(pattern, lower));
    }

    /** The parts of a pattern between its stars, in order. */
    private static boolean matches(String[] parts, String text) {
        if (parts.length == 1) {
            return parts[0].equals(text);
        }
        String last = parts[parts.length - 1];
        if (!text.startsWith(parts[0]) || !text.endsWith(last)) {
            return false;
        }
        int at = parts[0].length();
        for (int i = 1; i < parts.length - 1; i++) {
            int found = text.indexOf(parts[i], at);
            if (found < 0) {
                return false;
            }
            at = found + parts[i].length();
        }
        return at <= text.length() - last.length();
    }
}
