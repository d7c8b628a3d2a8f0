package dev.sluice.exporters.loki;

import dev.sluice.exporters.loki.AttributePath.Owner;
import dev.sluice.otlp.view.AttributesView;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The labels of streams, as the text that a push request has: {@code {a="1", b="2"}}. */
final class StreamLabels {
    private static final String SERVICE = "service_name";

    /** Loki's own choice for OTLP ({@code distributor.otlp_config.default_resource_attributes_as_index_labels}, 3.7). */
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
    private final boolean ofResource;

    private static final class Label {
        private final String name;
        private final Owner owner;
        private final byte[] utf8Key;

        Label(String name, AttributePath path) {
            this.name = name;
            owner = path.owner();
            utf8Key = path.key().getBytes(StandardCharsets.UTF_8);
        }
    }

    /** @param chosen paths by label name; Loki's own choice if empty */
    StreamLabels(Map<String, String> chosen) {
        Map<String, AttributePath> paths = new TreeMap<>();
        if (chosen.isEmpty()) {
            DEFAULT_KEYS.forEach(key -> paths.put(LabelNames.name(key), new AttributePath(Owner.RESOURCE, key)));
        }
        chosen.forEach((name, path) -> paths.put(name, AttributePath.parse(path)));
        List<Label> sorted = new ArrayList<>();
        paths.forEach((name, path) -> sorted.add(new Label(name, path)));
        labels = List.copyOf(sorted);
        ofResource = labels.stream().allMatch(label -> label.owner == Owner.RESOURCE);
    }

    /** Whether all items of a resource are of one stream. */
    boolean ofResource() {
        return ofResource;
    }

    /** The stream of an item; one without any label is that of an unknown service, since Loki takes no empty set. */
    String of(AttributesView resource, AttributesView scope, AttributesView item) {
        StringBuilder text = new StringBuilder("{");
        for (Label label : labels) {
            AttributesView owner = switch (label.owner) {
                case RESOURCE -> resource;
                case SCOPE -> scope;
                case ITEM -> item;
            };
            String value = owner.find(label.utf8Key) ? owner.value().text() : "";
            if (value.isEmpty() && label.name.equals(SERVICE)) {
                value = "unknown_service";
            }
            if (!value.isEmpty()) {
                text.append(text.length() == 1 ? "" : ", ").append(label.name).append('=');
                quote(value, text);
            }
        }
        if (text.length() == 1) {
            text.append(SERVICE).append("=\"unknown_service\"");
        }
        return text.append('}').toString();
    }

    /** Whether the attribute where the view stands has become a label. */
    boolean holds(Owner owner, AttributesView attribute) {
        for (Label label : labels) {
            if (label.owner == owner && attribute.keyIs(label.utf8Key)) {
                return true;
            }
        }
        return false;
    }

    /** As a Go string, which is how Loki reads it. */
    private static void quote(String value, StringBuilder text) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                default -> {
                    if (c < ' ') {
                        text.append(String.format("\\x%02x", (int) c));
                    } else {
                        text.append(c);
                    }
                }
            }
        }
        text.append('"');
    }
}
