package dev.sluice.exporters.prometheusremotewrite;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A request as protobuf-java reads it without a schema, by the field numbers of prometheus/prompb (types.proto, remote.proto) and
 * io/prometheus/write/v2/types.proto. Series of the same labels are one, their samples in the order of the request.
 */
record Decoded(Map<String, Series> series, List<String> metadata, List<String> symbols) {
    private static final long STALE = 0x7ff0000000000002L;

    /** The lists hold text such as {@code 1.5 @1700000000000}, with {@code from} before a start. */
    record Series(
            Map<String, String> labels,
            List<String> samples,
            List<String> histograms,
            List<String> exemplars,
            List<String> metadata) {
        private Series(Map<String, String> labels) {
            this(labels, new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }
    }

    static Decoded v1(byte[] request) {
        Decoded decoded = new Decoded(new TreeMap<>(), new ArrayList<>(), new ArrayList<>());
        UnknownFieldSet fields = parse(request);
        for (UnknownFieldSet one : messages(fields, 1)) {
            Map<String, String> labels = new LinkedHashMap<>();
            messages(one, 1).forEach(label -> labels.put(text(label, 1), text(label, 2)));
            Series series = decoded.at(labels);
            messages(one, 2).forEach(sample -> series.samples.add(sample(sample)));
            messages(one, 3).forEach(exemplar -> {
                Map<String, String> pairs = new LinkedHashMap<>();
                messages(exemplar, 1).forEach(label -> pairs.put(text(label, 1), text(label, 2)));
                series.exemplars.add(exemplar(pairs, exemplar));
            });
            messages(one, 4).forEach(histogram -> series.histograms.add(histogram(histogram)));
        }
        for (UnknownFieldSet one : messages(fields, 3)) {
            decoded.metadata.add(text(one, 2) + " type " + number(one, 1) + " help '" + text(one, 4) + "' unit '"
                    + text(one, 5) + "'");
        }
        return decoded;
    }

    static Decoded v2(byte[] request) {
        UnknownFieldSet fields = parse(request);
        List<String> symbols = fields.getField(4).getLengthDelimitedList().stream()
                .map(ByteString::toStringUtf8)
                .toList();
        Decoded decoded = new Decoded(new TreeMap<>(), new ArrayList<>(), symbols);
        for (UnknownFieldSet one : messages(fields, 5)) {
            Series series = decoded.at(labels(one, symbols));
            messages(one, 2).forEach(sample -> series.samples.add(sample(sample)));
            messages(one, 3).forEach(histogram -> series.histograms.add(histogram(histogram)));
            messages(one, 4).forEach(exemplar -> series.exemplars.add(exemplar(labels(exemplar, symbols), exemplar)));
            for (UnknownFieldSet metadata : messages(one, 5)) {
                series.metadata.add("type " + number(metadata, 1) + " help '" + symbols.get((int) number(metadata, 3))
                        + "' unit '" + symbols.get((int) number(metadata, 4)) + "'");
            }
        }
        return decoded;
    }

    /** All samples, histograms and exemplars, each with its series before it. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        series.forEach((name, one) -> {
            one.samples.forEach(sample -> lines.add(name + " " + sample));
            one.histograms.forEach(histogram -> lines.add(name + " " + histogram));
            one.exemplars.forEach(exemplar -> lines.add(name + " # " + exemplar));
        });
        return lines;
    }

    /** The samples of the one series with the name, whatever its labels. */
    Series named(String name) {
        List<Series> found = series.values().stream()
                .filter(one -> name.equals(one.labels.get("__name__")))
                .toList();
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " series " + name + " in " + series.keySet());
        }
        return found.getFirst();
    }

    private Series at(Map<String, String> labels) {
        Map<String, String> sorted = new TreeMap<>(labels);
        String name = sorted.getOrDefault("__name__", "");
        Map<String, String> others = new TreeMap<>(sorted);
        others.remove("__name__");
        return series.computeIfAbsent(name + others, key -> new Series(labels));
    }

    private static Map<String, String> labels(UnknownFieldSet message, List<String> symbols) {
        List<Long> refs = packed(message, 1);
        Map<String, String> labels = new LinkedHashMap<>();
        for (int i = 0; i < refs.size(); i += 2) {
            labels.put(
                    symbols.get(refs.get(i).intValue()),
                    symbols.get(refs.get(i + 1).intValue()));
        }
        return labels;
    }

    private static String sample(UnknownFieldSet sample) {
        long bits = fixed(sample, 1);
        String start = number(sample, 3) == 0 ? "" : " from " + number(sample, 3);
        return (bits == STALE ? "STALE" : Double.toString(Double.longBitsToDouble(bits))) + start + " @"
                + number(sample, 2);
    }

    private static String exemplar(Map<String, String> labels, UnknownFieldSet exemplar) {
        return new TreeMap<>(labels) + " " + Double.longBitsToDouble(fixed(exemplar, 2)) + " @" + number(exemplar, 3);
    }

    /** With the buckets by index, empty ones left out. */
    private static String histogram(UnknownFieldSet histogram) {
        String start = number(histogram, 17) == 0 ? "" : " from " + number(histogram, 17);
        if (fixed(histogram, 3) == STALE) {
            return "STALE @" + number(histogram, 15);
        }
        return "count " + number(histogram, 1) + " sum " + Double.longBitsToDouble(fixed(histogram, 3)) + " schema "
                + zigzag(number(histogram, 4)) + bounds(histogram) + " zero " + number(histogram, 6) + " within "
                + Double.longBitsToDouble(fixed(histogram, 5)) + " negative " + buckets(histogram, 8) + " positive "
                + buckets(histogram, 11) + start + " @" + number(histogram, 15);
    }

    /** Of custom buckets. */
    private static String bounds(UnknownFieldSet histogram) {
        StringBuilder bounds = new StringBuilder();
        for (ByteString run : histogram.getField(16).getLengthDelimitedList()) {
            for (int i = 0; i < run.size(); i += Double.BYTES) {
                bounds.append(' ')
                        .append(run.substring(i, i + Double.BYTES)
                                .asReadOnlyByteBuffer()
                                .order(ByteOrder.LITTLE_ENDIAN)
                                .getDouble());
            }
        }
        return bounds.isEmpty() ? "" : " bounds" + bounds;
    }

    private static Map<Long, Long> buckets(UnknownFieldSet histogram, int field) {
        List<Long> deltas =
                packed(histogram, field + 1).stream().map(Decoded::zigzag).toList();
        Map<Long, Long> buckets = new TreeMap<>();
        long index = 0;
        long count = 0;
        int next = 0;
        for (UnknownFieldSet span : messages(histogram, field)) {
            index += zigzag(number(span, 1));
            for (long i = 0; i < number(span, 2); i++) {
                count += deltas.get(next++);
                if (count != 0) {
                    buckets.put(index, count);
                }
                index++;
            }
        }
        if (next != deltas.size()) {
            throw new AssertionError(deltas.size() + " deltas in spans of " + next);
        }
        return buckets;
    }

    private static List<UnknownFieldSet> messages(UnknownFieldSet fields, int field) {
        return fields.getField(field).getLengthDelimitedList().stream()
                .map(bytes -> parse(bytes.toByteArray()))
                .toList();
    }

    private static List<Long> packed(UnknownFieldSet fields, int field) {
        List<Long> numbers = new ArrayList<>();
        try {
            for (ByteString run : fields.getField(field).getLengthDelimitedList()) {
                CodedInputStream in = run.newCodedInput();
                while (!in.isAtEnd()) {
                    numbers.add(in.readRawVarint64());
                }
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return numbers;
    }

    private static String text(UnknownFieldSet fields, int field) {
        List<ByteString> values = fields.getField(field).getLengthDelimitedList();
        return values.isEmpty() ? "" : values.getLast().toStringUtf8();
    }

    private static long number(UnknownFieldSet fields, int field) {
        List<Long> values = fields.getField(field).getVarintList();
        return values.isEmpty() ? 0 : values.getLast();
    }

    private static long fixed(UnknownFieldSet fields, int field) {
        List<Long> values = fields.getField(field).getFixed64List();
        return values.isEmpty() ? 0 : values.getLast();
    }

    private static long zigzag(long value) {
        return value >>> 1 ^ -(value & 1);
    }

    private static UnknownFieldSet parse(byte[] bytes) {
        try {
            return UnknownFieldSet.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }
}
