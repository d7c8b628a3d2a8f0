package dev.sluice.slo.series;

import dev.sluice.promql.series.Labels;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The last exemplar of each series that has one. */
final class Exemplars {
    private final Map<Labels, SampleBatch.Exemplified> last = new HashMap<>();

    void put(SampleBatch.Exemplified newer) {
        last.merge(
                newer.series().labels(),
                newer,
                (known, found) -> found.exemplar().time() >= known.exemplar().time() ? found : known);
    }

    void remove(Labels series) {
        last.remove(series);
    }

    @Nullable
    Exemplar of(Labels series) {
        SampleBatch.Exemplified found = last.get(series);
        return found == null ? null : found.exemplar();
    }

    /**
     * Of the series that the rule reads and whose labels agree with those given where both have them: the exemplar of the largest value not older
     * than that time. Of slow requests the slowest tells most.
     */
    @Nullable
    Exemplar largest(WatchedRule rule, Labels labels, long notBefore) {
        Exemplar best = null;
        for (SampleBatch.Exemplified candidate : last.values()) {
            Exemplar exemplar = candidate.exemplar();
            boolean wanted = exemplar.time() >= notBefore
                    && (best == null || larger(exemplar, best))
                    && candidate.series().interest.rules().contains(rule)
                    && agree(candidate.series().labels(), labels);
            best = wanted ? exemplar : best;
        }
        return best;
    }

    private static boolean larger(Exemplar a, Exemplar b) {
        return a.value() > b.value() || (a.value() == b.value() && a.time() > b.time());
    }

    private static boolean agree(Labels series, Labels given) {
        for (int i = 0; i < given.size(); i++) {
            String own = series.get(given.name(i));
            if (!own.isEmpty() && !own.equals(given.value(i))) {
                return false;
            }
        }
        return true;
    }
}
