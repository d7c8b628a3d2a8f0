package dev.sluice.cli.run;

import dev.sluice.api.ComponentId;
import dev.sluice.api.RuleReport;
import dev.sluice.api.ServiceInfo;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What components outside the service see of one. */
record NoService(Instant started) implements ServiceInfo {
    NoService() {
        this(Instant.now());
    }

    @Override
    public String command() {
        return "sluice";
    }

    @Override
    public String version() {
        return Version.current();
    }

    @Override
    public boolean ready() {
        return true;
    }

    @Override
    public List<Pipeline> pipelines() {
        return List.of();
    }

    @Override
    public Future<Map<String, RuleReport>> rules() {
        return Future.succeededFuture(Map.of());
    }

    @Override
    public List<ComponentId> extensions() {
        return List.of();
    }

    @Override
    public Map<String, Boolean> featureGates() {
        return Map.of();
    }
}
