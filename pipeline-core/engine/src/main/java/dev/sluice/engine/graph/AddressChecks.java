package dev.sluice.engine.graph;

import dev.sluice.api.config.Listens;
import dev.sluice.engine.config.ConfigProblems;
import dev.sluice.engine.config.LoadedConfig;
import dev.sluice.engine.telemetry.MetricsConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Finds two that listen at one address, at the start and not when a configuration is only validated, as the Collector does. The kernel would not refuse the second: the loops of a process share an address between all who
 * listen there, and each would get some of the other's connections.
 */
public final class AddressChecks {
    private final ConfigProblems problems;
    /** Where each address was first asked for. */
    private final Map<String, String> taken = new HashMap<>();

    private AddressChecks(ConfigProblems problems) {
        this.problems = problems;
    }

    /** Adds a problem for every second listener at an address. */
    public static void run(LoadedConfig config, GraphPlan plan, ConfigProblems problems) {
        AddressChecks checks = new AddressChecks(problems);
        checks.ownMetrics(config.service().telemetry().metrics());
        checks.components(Stream.concat(plan.extensions().stream(), plan.nodes()));
    }

    private void ownMetrics(MetricsConfig metrics) {
        if (metrics.level() == MetricsConfig.Level.NONE) {
            return;
        }
        for (int i = 0; i < metrics.readers().size(); i++) {
            MetricsConfig.Pull pull = metrics.readers().get(i).pull();
            MetricsConfig.Prometheus prometheus =
                    pull == null ? null : pull.exporter().prometheus();
            if (prometheus != null) {
                claim(
                        List.of("service", "telemetry", "metrics", "readers", Integer.toString(i)),
                        prometheus.host() + ":" + prometheus.port());
            }
        }
    }

    private void components(Stream<Node> nodes) {
        nodes.forEach(node -> {
            if (node.configured().config() instanceof Listens listener) {
                listener.listens().forEach((key, address) -> {
                    List<String> path = new ArrayList<>();
                    path.add(node.kind().section());
                    path.add(node.id().toString());
                    path.addAll(List.of(key.split("::")));
                    claim(path, address);
                });
            }
        });
    }

    private void claim(List<String> path, String address) {
        if (address.endsWith(":0")) {
            return;
        }
        String place = String.join("::", path);
        String first = taken.putIfAbsent(address, place);
        if (first != null) {
            problems.error(path, place + ": listen " + address + ": address already in use by " + first);
        }
    }
}
