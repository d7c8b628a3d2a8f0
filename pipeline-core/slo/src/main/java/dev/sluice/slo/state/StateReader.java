package dev.sluice.slo.state;

import dev.sluice.promql.series.Labels;
import dev.sluice.promql.series.LabelsBuilder;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads what a {@link StateWriter} has written; an {@link IOException} says that it is not that. For one thread. */
public final class StateReader {
    /** No text of ours is longer: what says so is damaged, and must not cost its length in memory. */
    private static final int LONGEST_TEXT = 16 * 1024 * 1024;

    private final DataInputStream in;
    private final List<String> texts = new ArrayList<>();

    StateReader(InputStream in) {
        this.in = new DataInputStream(in);
    }

    public long number() throws IOException {
        long value = unsigned();
        return (value >>> 1) ^ -(value & 1);
    }

    /** A number of things to follow. */
    public int count() throws IOException {
        long count = number();
        if (count < 0 || count > Integer.MAX_VALUE) {
            throw new IOException("not a count: " + count);
        }
        return (int) count;
    }

    private long unsigned() throws IOException {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            int b = in.readUnsignedByte();
            value |= (b & 0x7FL) << shift;
            if (b < 0x80) {
                return value;
            }
        }
        throw new IOException("not a number");
    }

    public boolean flag() throws IOException {
        return in.readUnsignedByte() != 0;
    }

    public double value() throws IOException {
        return Double.longBitsToDouble(Long.reverseBytes(in.readLong()));
    }

    public String text() throws IOException {
        long reference = unsigned();
        if (reference > texts.size()) {
            throw new IOException("text " + reference + " of " + texts.size());
        }
        if (reference > 0) {
            return texts.get((int) reference - 1);
        }
        long length = unsigned();
        if (length < 0 || length > LONGEST_TEXT) {
            throw new IOException("a text of " + length + " bytes");
        }
        byte[] utf8 = in.readNBytes((int) length);
        if (utf8.length < length) {
            throw new IOException("the end in the middle of a text");
        }
        String text = new String(utf8, StandardCharsets.UTF_8);
        texts.add(text);
        return text;
    }

    public Labels labels() throws IOException {
        LabelsBuilder builder = new LabelsBuilder(Labels.EMPTY);
        for (int left = count(); left > 0; left--) {
            builder.set(text(), text());
        }
        return builder.labels();
    }
}
