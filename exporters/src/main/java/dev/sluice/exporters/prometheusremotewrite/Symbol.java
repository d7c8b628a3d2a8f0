package dev.sluice.exporters.prometheusremotewrite;

/** A string of version 2.0's symbols table, one object for each text, so that the table of a request is made without looking texts up. */
final class Symbol {
    private final byte[] utf8;
    /** The request whose table {@link #index} is of. */
    private long request;

    private int index;
    private long marked;

    Symbol(byte[] utf8) {
        this.utf8 = utf8;
    }

    byte[] utf8() {
        return utf8;
    }

    /** Its place in the table of the request, or -1. */
    int index(long request) {
        return this.request == request ? index : -1;
    }

    void place(long request, int index) {
        this.request = request;
        this.index = index;
    }

    /** Something holds it, as the sweep of this number found. */
    void mark(long sweep) {
        marked = sweep;
    }

    boolean marked(long sweep) {
        return marked == sweep;
    }
}
