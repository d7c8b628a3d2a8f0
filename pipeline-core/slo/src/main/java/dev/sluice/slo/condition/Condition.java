package dev.sluice.slo.condition;

import dev.sluice.otlp.Signal;
import java.util.List;

/** Comparisons that must all hold. Immutable. */
public final class Condition {
    private final List<Comparison> comparisons;

    Condition(List<Comparison> comparisons) {
        this.comparisons = List.copyOf(comparisons);
    }

    /**
     * Of texts such as {@code attributes["http.route"] == "/pay" and status.code != STATUS_CODE_ERROR}.
     *
     * @param signal whose items are looked at
     * @throws ConditionException where the text is not one of the comparisons that are accepted
     */
    public static Condition parse(String text, Signal signal) throws ConditionException {
        return new Condition(new ConditionParser(text, signal).condition());
    }

    public boolean holds(Item item) {
        for (Comparison comparison : comparisons) {
            if (!comparison.holds(item)) {
                return false;
            }
        }
        return true;
    }
}
