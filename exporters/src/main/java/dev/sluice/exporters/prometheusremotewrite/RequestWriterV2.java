package dev.sluice.exporters.prometheusremotewrite;

import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.WireAppender;
import dev.sluice.otlp.view.ExemplarsView;
import dev.sluice.prometheus.ExponentialState;
import dev.sluice.prometheus.HistogramState;
import dev.sluice.prometheus.Labels;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code io.prometheus.write.v2.Request} of remote write 2.0. Labels are kept as symbols, which get their numbers anew in each request. */
final class RequestWriterV2 implements RequestWriter {
    private static final int USUAL_SERIES = 100;
    private static final int SYMBOLS = 4;

    private final Symbols known = new Symbols();
    /** Symbols that no series has, such as trace ids, by text. */
    private final Map<String, Integer> strangers = new HashMap<>();

    private final WireAppender table = new WireAppender(1 << 14);
    private final WireAppender out = new WireAppender(1 << 16);
    private final ExemplarLabels exemplarLabels = new ExemplarLabels();
    private final Tally tally = new Tally();
    private long request;
    private int symbols;
    private int markedTable;
    private int markedOut;
    private int series;

    @Override
    public LabelRun run(Labels labels, int from, int to) {
        Symbol[] run = new Symbol[2 * (to - from)];
        for (int i = from; i < to; i++) {
            run[2 * (i - from)] = known.of(labels.name(i));
            run[2 * (i - from) + 1] = known.of(labels.value(i));
        }
        return LabelRun.of(run);
    }

    @Override
    public LabelRun label(String name, String value) {
        return LabelRun.of(known.of(name), known.of(value));
    }

    @Override
    public LabelRun metadata(String help, String unit) {
        return LabelRun.of(known.of(help), known.of(unit));
    }

    @Override
    public int kept() {
        return known.size();
    }

    @Override
    public void retain(Iterable<LabelRun> used) {
        known.retain(used);
    }

    @Override
    public void begin() {
        request++;
        table.truncate(0);
        out.truncate(0);
        strangers.clear();
        tally.clear();
        // The specification wants the empty string at 0.
        table.bytes(SYMBOLS, new byte[0], 0, 0);
        known.of("").place(request, 0);
        symbols = 1;
    }

    @Override
    public int length() {
        return table.length() + out.length();
    }

    @Override
    public Counts counts() {
        return tally.counts();
    }

    /** Taking back leaves numbers to symbols that are not in the table: after it the request must end. */
    @Override
    public void mark() {
        markedTable = table.length();
        markedOut = out.length();
        tally.mark();
    }

    @Override
    public void rollback() {
        table.truncate(markedTable);
        out.truncate(markedOut);
        tally.rollback();
    }

    @Override
    public void open(Series.Key key, LabelRun name, LabelRun extra) {
        tally.series();
        series = out.begin(5, USUAL_SERIES);
        int labels = out.begin(1, USUAL_SERIES / 2);
        refer(key.beforeName());
        refer(name);
        refer(key.beforeExtra());
        refer(extra);
        refer(key.rest());
        out.end(labels);
    }

    @Override
    public void sample(long bits, long time, long start) {
        tally.sample();
        int sample = out.begin(2, 16);
        out.fixed64(1, bits);
        out.varint(2, time);
        if (start != 0) {
            out.varint(3, start);
        }
        out.end(sample);
    }

    @Override
    public void exemplar(ExemplarsView exemplar, long time) {
        tally.exemplar();
        int message = out.begin(4, 30);
        exemplarLabels.read(exemplar);
        if (exemplarLabels.size() > 0) {
            int labels = out.begin(1, 8);
            for (int i = 0; i < exemplarLabels.size(); i++) {
                out.plainVarint(index(exemplarLabels.name(i)));
                out.plainVarint(index(exemplarLabels.value(i)));
            }
            out.end(labels);
        }
        out.decimal(2, exemplar.value().either());
        out.varint(3, time);
        out.end(message);
    }

    @Override
    public void histogram(ExponentialState state, long time, long start) {
        tally.histogram();
        NativeHistogramWire.write(out, 3, state, time, start);
    }

    @Override
    public void histogram(HistogramState state, CustomBuckets buckets, long time, long start) {
        tally.histogram();
        NativeHistogramWire.write(out, 3, state, buckets, time, start);
    }

    @Override
    public void staleHistogram(long time) {
        tally.histogram();
        NativeHistogramWire.writeStale(out, 3, time);
    }

    @Override
    public void part(Series.Key key, LabelRun name) {}

    @Override
    public void close(Family family) {
        Symbol[] helpAndUnit = family.metadata().symbols();
        int metadata = out.begin(5, 8);
        out.varint(1, family.type());
        out.varint(3, index(helpAndUnit[0]));
        out.varint(4, index(helpAndUnit[1]));
        out.end(metadata);
        out.end(series);
    }

    @Override
    public void metadata(Family family) {}

    @Override
    public Bytes finish() {
        return Bytes.concat(List.of(table.toBytes(), out.toBytes()));
    }

    private void refer(LabelRun run) {
        for (Symbol symbol : run.symbols()) {
            out.plainVarint(index(symbol));
        }
    }

    private int index(Symbol symbol) {
        int index = symbol.index(request);
        if (index >= 0) {
            return index;
        }
        table.bytes(SYMBOLS, symbol.utf8(), 0, symbol.utf8().length);
        symbol.place(request, symbols);
        return symbols++;
    }

    private int index(String text) {
        Symbol symbol = known.known(text);
        if (symbol != null) {
            return index(symbol);
        }
        Integer index = strangers.get(text);
        if (index != null) {
            return index;
        }
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        table.bytes(SYMBOLS, utf8, 0, utf8.length);
        strangers.put(text, symbols);
        return symbols++;
    }
}
