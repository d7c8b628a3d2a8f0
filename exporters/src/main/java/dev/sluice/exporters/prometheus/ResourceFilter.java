package dev.sluice.exporters.prometheus;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Which resource attributes become labels. */
final class ResourceFilter {
    private static final Set<String> SERVICE = Set.of("service.name", "service.namespace", "service.instance.id");

    private final boolean any;
    private final boolean all;
    private final boolean withoutService;
    private final List<Pattern> included;
    private final List<Pattern> excluded;

    ResourceFilter(PrometheusExporterConfig config) {
        included = patterns(config.resourceConstantLabels().included());
        excluded = patterns(config.resourceConstantLabels().excluded());
        boolean chosen = !included.isEmpty() || !excluded.isEmpty();
        any = chosen || config.resourceToTelemetryConversion().enabled();
        all = included.isEmpty();
        withoutService = !chosen && config.resourceToTelemetryConversion().excludeServiceAttributes();
    }

    boolean any() {
        return any;
    }

    boolean takes(String key) {
        return any
                && (all || matches(included, key))
                && !matches(excluded, key)
                && !(withoutService && SERVICE.contains(key));
    }

    private static boolean matches(List<Pattern> patterns, String key) {
        return patterns.stream().anyMatch(pattern -> pattern.matcher(key).matches());
    }

    private static List<Pattern> patterns(List<String> wildcards) {
        return wildcards.stream()
                .map(wildcard -> Pattern.compile(
                        "\\Q"
                                + wildcard.replace("\\E", "")
                                        .replace("*", "\\E.*\\Q")
                                        .replace("?", "\\E.\\Q") + "\\E",
                        Pattern.DOTALL))
                .toList();
    }
}
