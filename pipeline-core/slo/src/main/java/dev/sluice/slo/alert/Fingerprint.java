package dev.sluice.slo.alert;

import dev.sluice.promql.series.Labels;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * The hash of labels by which Alertmanager knows an alert: FNV-1a of 64 bits over names and values in the order of the names, each followed by a
 * byte that no UTF-8 has. Source: prometheus/common, {@code model.LabelSet.Fingerprint}; draft-eastlake-fnv.
 */
final class Fingerprint {
    private static final long BASIS = 0xCBF29CE484222325L;
    private static final long PRIME = 0x100000001B3L;
    private static final int SEPARATOR = 0xFF;

    private Fingerprint() {}

    static long of(Labels labels) {
        long hash = BASIS;
        for (int i = 0; i < labels.size(); i++) {
            hash = add(add(hash, labels.name(i)), labels.value(i));
        }
        return hash;
    }

    /** 16 hex digits. */
    static String text(Labels labels) {
        return HexFormat.of().toHexDigits(of(labels));
    }

    private static long add(long before, String text) {
        long hash = before;
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xFF)) * PRIME;
        }
        return (hash ^ SEPARATOR) * PRIME;
    }
}
