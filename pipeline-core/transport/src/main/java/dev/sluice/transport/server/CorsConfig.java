package dev.sluice.transport.server;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.Doc;
import dev.sluice.api.config.Problems;
import java.util.List;

/** The block {@code cors}. */
public record CorsConfig(
        @Doc("Origins that browsers may send from; `*` stands for any characters. Nothing is allowed where empty.")
        List<String> allowedOrigins,

        @Doc("Headers that browsers may send, besides the harmless ones; `*` for any.")
        List<String> allowedHeaders,

        @Doc("Headers of answers that scripts may see.") List<String> exposedHeaders,

        @Doc("Seconds that browsers may remember an answer to a preflight request.")
        int maxAge)
        implements Config {
    public static final CorsConfig DEFAULT = new CorsConfig(List.of(), List.of(), List.of(), 0);

    @Override
    public void validate(Problems problems) {
        if (maxAge < 0) {
            problems.at("max_age", "`max_age` must be non-negative, found " + maxAge);
        }
    }
}
