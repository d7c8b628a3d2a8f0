package dev.sluice.testkit;

import dev.sluice.api.ComponentId;
import dev.sluice.api.RuleReport;
import dev.sluice.api.ServiceInfo;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A service that is ready and has nothing in it. */
public record TestServiceInfo(
        String command,
        String version,
        Instant started,
        boolean ready,
        List<Pipeline> pipelines,
        List<ComponentId> extensions,
        Map<String, Boolean> featureGates)
        implements ServiceInfo {
    public TestServiceInfo() {
        this("sluice", "0.1.0", Instant.ofEpochSecond(1_700_000_000), true, List.of(), List.of(), Map.of());
    }

    @Override
    public Future<Map<String, RuleReport>> rules() {
        return Future.succeededFuture(Map.of());
    }
}
