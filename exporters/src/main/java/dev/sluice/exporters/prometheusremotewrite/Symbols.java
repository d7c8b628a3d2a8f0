package dev.sluice.exporters.prometheusremotewrite;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The symbols that series use, by their text. */
final class Symbols {
    private final Map<String, Symbol> byText = new HashMap<>();
    private long sweep;

    Symbol of(String text) {
        return byText.computeIfAbsent(text, key -> new Symbol(key.getBytes(StandardCharsets.UTF_8)));
    }

    /** Null if no series uses the text. */
    @Nullable
    Symbol known(String text) {
        return byText.get(text);
    }

    int size() {
        return byText.size();
    }

    /** Forgets those that are in none of the runs. */
    void retain(Iterable<LabelRun> used) {
        sweep++;
        for (LabelRun run : used) {
            for (Symbol symbol : run.symbols()) {
                symbol.mark(sweep);
            }
        }
        byText.values().removeIf(symbol -> !symbol.marked(sweep));
    }
}
