package dev.sluice.exporters.prometheus;

import dev.sluice.otlp.view.AttributesView;
import dev.sluice.otlp.view.ResourceView;
import dev.sluice.otlp.view.ScopeView;
import dev.sluice.prometheus.LabelNames;
import dev.sluice.prometheus.Labels;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes the labels of new series and of {@code target_info}. */
final class SeriesLabels {
    private static final Set<String> IDENTIFYING = Set.of("service.name", "service.namespace", "service.instance.id");
    private static final Set<String> RESERVED_IN_SCOPE = Set.of("name", "version", "schema_url");
    private static final int CACHED_NAMES = 10_000;

    private final LabelNames names;
    private final ResourceFilter promoted;
    private final boolean withScope;
    private final Map<String, String> constant;
    /** Attribute keys come again and again; strangers who send ever new ones must not fill the heap. */
    private final Map<String, String> cache = new HashMap<>();

    SeriesLabels(PrometheusExporterConfig config) {
        names = LabelNames.collector(config.strategy());
        promoted = new ResourceFilter(config);
        withScope = !config.withoutScopeInfo();
        constant = Map.copyOf(config.constLabels());
    }

    /**
     * The labels of a series. Attributes whose names come to the same have their values joined with {@code ;} in the order of their keys.
     * Labels made from the resource and the scope win over attributes, and constant ones over all.
     *
     * @throws IllegalArgumentException if an attribute has no name in Prometheus
     */
    Labels of(AttributesView attributes, ResourceView resource, ScopeView scope) {
        Map<String, String> byKey = new TreeMap<>();
        while (attributes.next()) {
            byKey.put(attributes.key(), attributes.value().text());
        }
        if (promoted.any()) {
            AttributesView view = resource.attributes();
            while (view.next()) {
                String key = view.key();
                if (promoted.takes(key)) {
                    byKey.put(key, view.value().text());
                }
            }
        }
        Map<String, String> labels = named(byKey);
        if (withScope) {
            addScope(labels, scope);
        }
        labels.putAll(jobAndInstance(resource));
        labels.putAll(constant);
        return Labels.of(labels);
    }

    /** {@code job} and {@code instance} as far as the resource tells. */
    Map<String, String> jobAndInstance(ResourceView resource) {
        String name = null;
        String namespace = null;
        String instance = null;
        AttributesView view = resource.attributes();
        while (view.next()) {
            switch (view.key()) {
                case "service.name" -> name = view.value().text();
                case "service.namespace" -> namespace = view.value().text();
                case "service.instance.id" -> instance = view.value().text();
                default -> {}
            }
        }
        Map<String, String> labels = new HashMap<>();
        if (name != null) {
            labels.put("job", namespace == null ? name : namespace + "/" + name);
        }
        if (instance != null) {
            labels.put("instance", instance);
        }
        return labels;
    }

    /** The labels of {@code target_info}, or null where job or instance are not known: such a resource could not be joined. */
    @Nullable
    Labels target(ResourceView resource) {
        Map<String, String> identity = jobAndInstance(resource);
        if (identity.getOrDefault("job", "").isEmpty()
                || identity.getOrDefault("instance", "").isEmpty()) {
            return null;
        }
        Map<String, String> byKey = new TreeMap<>();
        AttributesView view = resource.attributes();
        while (view.next()) {
            String key = view.key();
            if (!IDENTIFYING.contains(key)) {
                byKey.put(key, view.value().text());
            }
        }
        Map<String, String> labels = named(byKey);
        labels.putAll(identity);
        return Labels.of(labels);
    }

    private void addScope(Map<String, String> labels, ScopeView scope) {
        Map<String, String> byKey = new TreeMap<>();
        AttributesView view = scope.attributes();
        while (view.next()) {
            String key = view.key();
            if (!RESERVED_IN_SCOPE.contains(key)) {
                byKey.put("otel_scope_" + key, view.value().text());
            }
        }
        labels.putAll(named(byKey));
        labels.put("otel_scope_name", scope.name());
        labels.put("otel_scope_version", scope.version());
        labels.put("otel_scope_schema_url", scope.schemaUrl());
    }

    private Map<String, String> named(Map<String, String> byKey) {
        Map<String, String> labels = new HashMap<>();
        byKey.forEach((key, value) -> labels.merge(name(key), value, (first, second) -> first + ";" + second));
        return labels;
    }

    private String name(String key) {
        String known = cache.get(key);
        if (known != null) {
            return known;
        }
        String name = names.name(key);
        if (name.startsWith("__")) {
            throw new IllegalArgumentException("label name \"" + name + "\" is reserved for Prometheus itself");
        }
        if (cache.size() >= CACHED_NAMES) {
            cache.clear();
        }
        cache.put(key, name);
        return name;
    }
}
