package dev.sluice.extensions.zpages;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.Doc;
import dev.sluice.api.config.Listens;
import dev.sluice.api.config.Problems;
import dev.sluice.api.config.Squash;
import dev.sluice.transport.server.HttpServerConfig;
import java.util.Map;

/** The block of a {@code zpages} extension. */
public record ZpagesConfig(
        @Doc("Where to answer.") @Squash HttpServerConfig server,

        @Doc("The page of variables.") Expvar expvar) implements Config, Listens {
    public static final ZpagesConfig DEFAULT = new ZpagesConfig(HttpServerConfig.at("localhost:55679"), Expvar.DEFAULT);

    @Override
    public Map<String, String> listens() {
        return Map.of("endpoint", server.endpoint());
    }

    @Override
    public void validate(Problems problems) {
        if (server.endpoint().isEmpty()) {
            problems.at("endpoint", "\"endpoint\" is required when using the \"zpages\" extension");
        }
    }

    /** The block {@code expvar}. */
    public record Expvar(
            @Doc("Whether there is the page `/debug/expvarz`.")
            boolean enabled) implements Config {
        public static final Expvar DEFAULT = new Expvar(false);
    }
}
