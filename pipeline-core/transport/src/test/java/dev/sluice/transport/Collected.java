package dev.sluice.transport;

import dev.sluice.api.config.Problems;
import java.util.ArrayList;
import java.util.List;

/** Problems as {@code key: message} or the bare message. */
public final class Collected implements Problems {
    private final List<String> texts = new ArrayList<>();

    public List<String> texts() {
        return texts;
    }

    @Override
    public void add(String message) {
        texts.add(message);
    }

    @Override
    public void at(String key, String message) {
        texts.add(key + ": " + message);
    }
}
