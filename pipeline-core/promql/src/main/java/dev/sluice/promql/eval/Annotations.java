package dev.sluice.promql.eval;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The annotations of one run; equal ones are kept once. */
final class Annotations {
    private final Map<String, Annotation> all = new LinkedHashMap<>();

    void add(Annotation annotation) {
        Annotation before = all.get(annotation.key());
        if (before == null) {
            all.put(annotation.key(), annotation);
        } else if (!(annotation.detail() instanceof Annotation.Plain)) {
            all.put(annotation.key(), before.and(annotation));
        }
    }

    List<String> messages(boolean warnings, String query) {
        List<String> messages = new ArrayList<>();
        for (Annotation annotation : all.values()) {
            if (annotation.warning() == warnings) {
                messages.add(annotation.message(query));
            }
        }
        return messages;
    }
}
