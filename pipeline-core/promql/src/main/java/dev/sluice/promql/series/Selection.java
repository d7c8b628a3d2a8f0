package dev.sluice.promql.series;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What a list of matchers selects; {@code view} is the same list as {@code series}, for those who are not to change it. */
record Selection(List<Matcher> matchers, List<Series> series, List<Series> view) {
    static Selection of(List<Matcher> matchers) {
        List<Series> series = new ArrayList<>();
        return new Selection(List.copyOf(matchers), series, Collections.unmodifiableList(series));
    }

    boolean wants(Labels labels) {
        return Matcher.allMatch(matchers, labels);
    }
}
