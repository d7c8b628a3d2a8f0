package dev.sluice.exporters.prometheusremotewrite;

import dev.sluice.otlp.view.AttributesView;
import dev.sluice.otlp.view.ExemplarsView;
import java.util.Map;
import java.util.TreeMap;

/** The labels of one exemplar after the other: trace id, span id and, as far as they fit, the attributes that its series lacks. */
final class ExemplarLabels {
    /** OpenMetrics 1.0 allows so many characters in the labels of an exemplar. */
    private static final int MOST_CHARACTERS = 128;

    private String[] names = new String[4];
    private String[] values = new String[4];
    private int size;

    void read(ExemplarsView exemplar) {
        Map<String, String> labels = new TreeMap<>();
        AttributesView attributes = exemplar.filteredAttributes();
        while (attributes.next()) {
            labels.put(attributes.key(), attributes.value().text());
        }
        Map<String, String> ids = new TreeMap<>();
        if ((exemplar.traceIdHigh() | exemplar.traceIdLow()) != 0) {
            ids.put("trace_id", exemplar.traceId());
        }
        if (exemplar.spanIdBits() != 0) {
            ids.put("span_id", exemplar.spanId());
        }
        labels.putAll(ids);
        take(characters(labels) <= MOST_CHARACTERS ? labels : ids);
    }

    int size() {
        return size;
    }

    /** In alphabetical order. */
    String name(int i) {
        return names[i];
    }

    String value(int i) {
        return values[i];
    }

    private void take(Map<String, String> labels) {
        if (labels.size() > names.length) {
            names = new String[labels.size()];
            values = new String[labels.size()];
        }
        size = 0;
        for (Map.Entry<String, String> label : labels.entrySet()) {
            names[size] = label.getKey();
            values[size++] = label.getValue();
        }
    }

    private static int characters(Map<String, String> labels) {
        int characters = 0;
        for (Map.Entry<String, String> label : labels.entrySet()) {
            characters += label.getKey().codePointCount(0, label.getKey().length())
                    + label.getValue().codePointCount(0, label.getValue().length());
        }
        return characters;
    }
}
