package dev.sluice.transport.tls;

import dev.sluice.api.config.Problems;
import java.util.ArrayList;
import java.util.List;

/** Problems as {@code key: message} or the bare message. */
final class Collected implements Problems {
    final List<String> texts = new ArrayList<>();

    @Override
    public void add(String message) {
        texts.add(message);
    }

    @Override
    public void at(String key, String message) {
        texts.add(key + ": " + message);
    }
}
