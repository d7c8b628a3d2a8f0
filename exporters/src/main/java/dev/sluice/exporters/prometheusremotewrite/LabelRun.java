package dev.sluice.exporters.prometheusremotewrite;

import java.util.Arrays;

/**
 * Some labels in their order, as the protocol in use writes them again and again: bytes of version 1.0, names and values in turn of
 * version 2.0. Equal if the labels are.
 */
final class LabelRun {
    static final LabelRun EMPTY = new LabelRun(new byte[0], new Symbol[0]);

    private final byte[] bytes;
    private final Symbol[] symbols;

    private LabelRun(byte[] bytes, Symbol[] symbols) {
        this.bytes = bytes;
        this.symbols = symbols;
    }

    static LabelRun of(byte[] bytes) {
        return bytes.length == 0 ? EMPTY : new LabelRun(bytes, EMPTY.symbols);
    }

    static LabelRun of(Symbol... symbols) {
        return symbols.length == 0 ? EMPTY : new LabelRun(EMPTY.bytes, symbols);
    }

    byte[] bytes() {
        return bytes;
    }

    Symbol[] symbols() {
        return symbols;
    }

    /** About how many bytes it keeps; symbols are shared. */
    int cost() {
        return bytes.length + 4 * symbols.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LabelRun that
                && Arrays.equals(bytes, that.bytes)
                && Arrays.equals(symbols, that.symbols);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(bytes) + Arrays.hashCode(symbols);
    }
}
