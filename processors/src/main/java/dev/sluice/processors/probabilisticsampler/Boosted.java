package dev.sluice.processors.probabilisticsampler;

import dev.sluice.api.Boost;
import dev.sluice.otlp.view.AnyValueView;
import dev.sluice.otlp.view.AttributesView;
import dev.sluice.otlp.view.ResourceView;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Which items of a signal are boosted. Told of each resource before its items; for one thread. */
final class Boosted {
    private static final byte[] SERVICE = utf8("service.name");
    private static final byte[] NAMESPACE = utf8("service.namespace");

    private final List<Wanted> all;
    private final int attributesField;
    private final ResourceView resource = new ResourceView();
    private final AttributesView attributes = new AttributesView();
    /** For each boost that the resource does not rule out: what an item must have. */
    private final List<List<Pair>> open = new ArrayList<>();

    /** @param attributesField of the items */
    Boosted(List<Boost> boosts, int attributesField) {
        this.all = boosts.stream().map(Wanted::of).toList();
        this.attributesField = attributesField;
    }

    /** The message that holds a resource and its items. */
    void resource(byte[] array, int start, int end) {
        resource.reset(array, start, end);
        open.clear();
        String job = job();
        for (Wanted wanted : all) {
            if (wanted.job().isEmpty() || wanted.job().equals(job)) {
                open.add(wanted.pairs().stream()
                        .filter(pair -> !pair.in(resource.attributes()))
                        .toList());
            }
        }
    }

    /** Whether the item, a message of the resource, is to be kept. */
    boolean matches(byte[] array, int start, int end) {
        for (List<Pair> pairs : open) {
            boolean every = true;
            for (Pair pair : pairs) {
                every = every && pair.in(attributes.reset(array, start, end, attributesField));
            }
            if (every) {
                return true;
            }
        }
        return false;
    }

    /** As Prometheus names it. */
    private String job() {
        AttributesView of = resource.attributes();
        String service = of.find(SERVICE) ? of.value().text() : "";
        String namespace = of.find(NAMESPACE) ? of.value().text() : "";
        return namespace.isEmpty() ? service : namespace + "/" + service;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private record Wanted(String job, List<Pair> pairs) {
        static Wanted of(Boost boost) {
            return new Wanted(
                    boost.job(), boost.attributes().stream().map(Pair::new).toList());
        }
    }

    /** One of the keys with the value. */
    private static final class Pair {
        private final List<byte[]> keys;
        private final byte[] utf8;
        private final String text;

        Pair(Boost.Attribute attribute) {
            keys = attribute.keys().stream().map(Boosted::utf8).toList();
            utf8 = utf8(attribute.value());
            text = attribute.value();
        }

        boolean in(AttributesView attributes) {
            for (byte[] key : keys) {
                if (attributes.find(key) && is(attributes.value())) {
                    return true;
                }
            }
            return false;
        }

        private boolean is(AnyValueView found) {
            return found.kind() == AnyValueView.Kind.STRING
                    ? found.stringIs(utf8)
                    : found.text().equals(text);
        }
    }
}
