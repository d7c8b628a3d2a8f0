package dev.sluice.prometheus;

import dev.sluice.otlp.view.AttributesView;
import dev.sluice.otlp.view.ResourceView;
import dev.sluice.otlp.view.ScopeView;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes the labels of new series and of {@code target_info}. For one thread at a time. */
public final class SeriesLabels {
    private static final Set<String> IDENTIFYING = Set.of("service.name", "service.namespace", "service.instance.id");
    private static final Set<String> RESERVED_IN_SCOPE = Set.of("name", "version", "schema_url");
    private static final int CACHED_NAMES = 10_000;

    private final LabelNames names;
    private final ResourceFilter promoted;
    private final Style style;
    private final boolean withScope;
    private final Map<String, String> constant;
    /** Attribute keys come again and again; strangers who send ever new ones must not fill the heap. */
    private final Map<String, String> cache = new HashMap<>();

    /** {@code promoted} resource attributes and {@code constant} ones are labels of every series; names of the latter stay as they are. */
    public SeriesLabels(
            LabelNames names, ResourceFilter promoted, Style style, boolean withScope, Map<String, String> constant) {
        this.names = names;
        this.promoted = promoted;
        this.style = style;
        this.withScope = withScope;
        this.constant = Map.copyOf(constant);
    }

    /** In what two exporters of the Collector differ. */
    public enum Style {
        /**
         * {@code prometheus}: scopes are told by labels that may be empty, constant labels win over all, {@code target_info} needs
         * job and instance, names with two underscores in front are refused.
         */
        EXPOSED,
        /**
         * {@code prometheus_remote_write}: no label is empty, constant labels give way to the series' own, {@code target_info} needs job
         * or instance and something to tell.
         */
        WRITTEN
    }

    /**
     * The labels of a series. Attributes whose names come to the same have their values joined with {@code ;} in the order of their keys.
     * Labels made from the resource and the scope win over attributes.
     *
     * @throws IllegalArgumentException if an attribute has no name in Prometheus
     */
    public Labels of(AttributesView attributes, ResourceView resource, ScopeView scope) {
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
        if (style == Style.WRITTEN) {
            labels.putAll(jobAndInstance(resource));
            constant.forEach(labels::putIfAbsent);
            if (withScope) {
                addScope(labels, scope);
            }
            return Labels.of(labels);
        }
        if (withScope) {
            addScope(labels, scope);
        }
        labels.putAll(jobAndInstance(resource));
        labels.putAll(constant);
        return Labels.of(labels);
    }

    /** {@code job} and {@code instance} as far as the resource tells. */
    public Map<String, String> jobAndInstance(ResourceView resource) {
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
        if (name != null && !omits(name)) {
            labels.put("job", namespace == null ? name : namespace + "/" + name);
        }
        if (instance != null && !omits(instance)) {
            labels.put("instance", instance);
        }
        return labels;
    }

    /** The labels of {@code target_info}, or null for a resource that could not be joined or, where nothing is written for that, tells nothing. */
    public @Nullable Labels target(ResourceView resource) {
        Map<String, String> identity = jobAndInstance(resource);
        boolean job = !identity.getOrDefault("job", "").isEmpty();
        boolean instance = !identity.getOrDefault("instance", "").isEmpty();
        if (style == Style.EXPOSED ? !job || !instance : !job && !instance) {
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
        if (style == Style.WRITTEN && byKey.isEmpty()) {
            return null;
        }
        Map<String, String> labels = named(byKey);
        labels.putAll(identity);
        if (style == Style.WRITTEN) {
            constant.forEach(labels::putIfAbsent);
        }
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
        addScope(labels, "otel_scope_name", scope.name());
        addScope(labels, "otel_scope_version", scope.version());
        if (style == Style.EXPOSED) {
            labels.put("otel_scope_schema_url", scope.schemaUrl());
        }
    }

    private void addScope(Map<String, String> labels, String label, String value) {
        if (!omits(value)) {
            labels.put(label, value);
        }
    }

    private Map<String, String> named(Map<String, String> byKey) {
        Map<String, String> labels = new HashMap<>();
        byKey.forEach((key, value) -> {
            if (!omits(value)) {
                labels.merge(
                        name(key),
                        value,
                        (first, second) ->
                                style == Style.WRITTEN && first.equals(second) ? first : first + ";" + second);
            }
        });
        return labels;
    }

    /** Prometheus takes an empty label for none, but only remote write refuses it. */
    private boolean omits(String value) {
        return style == Style.WRITTEN && value.isEmpty();
    }

    private String name(String key) {
        String known = cache.get(key);
        if (known != null) {
            return known;
        }
        String name = names.name(key);
        if (style == Style.EXPOSED ? name.startsWith("__") : name.equals("__name__")) {
            throw new IllegalArgumentException("label name \"" + name + "\" is reserved for Prometheus itself");
        }
        if (cache.size() >= CACHED_NAMES) {
            cache.clear();
        }
        cache.put(key, name);
        return name;
    }
}
