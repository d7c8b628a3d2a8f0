package dev.sluice.exporters.loki;

import dev.sluice.exporters.loki.AttributePath.Owner;
import dev.sluice.otlp.view.AttributesView;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The labels of streams, as the text that a push request has: {@code {a="1", b="2"}}, or an object of JSON. For one loop. */
final class StreamLabels {
    private static final String SERVICE = "service_name";
    private static final String UNKNOWN_SERVICE = "unknown_service";

    /** Loki's own choice for OTLP, what matters most first ({@code distributor.otlp_config.default_resource_attributes_as_index_labels}, 3.7). */
    private static final List<String> DEFAULT_KEYS = List.of(
            "service.name",
            "service.namespace",
            "service.instance.id",
            "deployment.environment",
            "deployment.environment.name",
            "cloud.region",
            "cloud.availability_zone",
            "k8s.cluster.name",
            "k8s.namespace.name",
            "k8s.pod.name",
            "k8s.container.name",
            "container.name",
            "k8s.replicaset.name",
            "k8s.deployment.name",
            "k8s.statefulset.name",
            "k8s.daemonset.name",
            "k8s.cronjob.name",
            "k8s.job.name");

    private final List<Label> labels;
    private final Map<Owner, List<Label>> byOwner = new EnumMap<>(Owner.class);
    private final boolean ofResource;
    private final int most;
    private final Form form;
    private final StringBuilder text = new StringBuilder();
    private int surplus;

    private static final class Label {
        private final String name;
        private final AttributePath path;
        /** The stream that was asked for last has no room for it. */
        private boolean spilled;

        Label(String name, AttributePath path) {
            this.name = name;
            this.path = path;
        }
    }

    /** How a set of labels is written. */
    private enum Form {
        /** As Loki's selectors, in a request of protobuf. */
        SELECTOR("", "="),
        JSON("\"", ":");

        private final String quote;
        private final String equals;

        Form(String quote, String equals) {
            this.quote = quote;
            this.equals = equals;
        }
    }

    /** Labels as the configuration chooses them; Loki's own choice if it chooses none. */
    StreamLabels(LokiConfig config) {
        this.most = config.maxLabels() == 0 ? Integer.MAX_VALUE : config.maxLabels();
        this.form = config.encoding() == PushEncoding.JSON ? Form.JSON : Form.SELECTOR;
        List<Label> wanted = new ArrayList<>();
        if (config.labels().isEmpty()) {
            DEFAULT_KEYS.forEach(
                    key -> wanted.add(new Label(LabelNames.name(key), new AttributePath(Owner.RESOURCE, key))));
        }
        new TreeMap<>(config.labels()).forEach((name, path) -> wanted.add(new Label(name, AttributePath.parse(path))));
        labels = List.copyOf(wanted);
        for (Owner owner : Owner.values()) {
            byOwner.put(
                    owner,
                    labels.stream().filter(label -> label.path.owner() == owner).toList());
        }
        ofResource = labels.stream().allMatch(label -> label.path.owner() == Owner.RESOURCE);
    }

    /** Whether all items of a resource are of one stream. */
    boolean ofResource() {
        return ofResource;
    }

    /** The stream of an item; one without any label is that of an unknown service, since Loki takes no empty set. */
    String of(AttributesView resource, AttributesView scope, AttributesView item) {
        text.setLength(0);
        text.append('{');
        int count = 0;
        surplus = 0;
        for (Label label : labels) {
            String value = label.path.text(resource, scope, item);
            if (value.isEmpty() && label.name.equals(SERVICE)) {
                value = UNKNOWN_SERVICE;
            }
            label.spilled = !value.isEmpty() && count == most;
            if (label.spilled) {
                surplus++;
            } else if (!value.isEmpty()) {
                append(label.name, value);
                count++;
            }
        }
        if (count == 0) {
            append(SERVICE, UNKNOWN_SERVICE);
        }
        return text.append('}').toString();
    }

    /** How many labels the stream that was asked for last had no room for. */
    int surplus() {
        return surplus;
    }

    private void append(String name, String value) {
        text.append(text.length() == 1 ? "" : ", ")
                .append(form.quote)
                .append(name)
                .append(form.quote);
        Quoted.append(text.append(form.equals), value);
    }

    /** Whether the attribute where the view stands is a label of the stream that was asked for last. */
    boolean holds(Owner owner, AttributesView attribute) {
        List<Label> candidates = byOwner.getOrDefault(owner, List.of());
        for (int i = 0; i < candidates.size(); i++) {
            Label label = candidates.get(i);
            if (!label.spilled && label.path.leadsTo(attribute)) {
                return true;
            }
        }
        return false;
    }
}
