package dev.sluice.otlp;

import java.util.Arrays;

/**
 * Walks a request and hands each item to an output, which gets the messages around the item as well: their fields that lead to no
 * items (resource, scope, schema URL, temporality, unknown ones) are repeated in each output that gets items from them. A message
 * without items goes, once, to whichever output the next item would go to.
 */
final class Distributor {
    /** Decides for each item which output takes it. */
    interface Chooser {
        /** The item lies in the array from {@code start} to {@code end}; its whole field, which would be copied, is {@code size} bytes. */
        Output choose(byte[] array, int start, int end, int size);

        /** Where to put messages that hold no items, and unknown fields of the request itself. */
        Output forEmpty();
    }

    private final ItemPath path;
    private final Chooser chooser;
    private final Level[] levels;
    private byte[] array = new byte[0];
    private int slice;
    private int serials;

    Distributor(ItemPath path, Chooser chooser) {
        this.path = path;
        this.chooser = chooser;
        // Level i is the message around the fields of level i + 1: the items' own level has none.
        this.levels = new Level[path.levels() - 1];
        Arrays.setAll(levels, i -> new Level());
    }

    Output output(int capacity) {
        return new Output(capacity);
    }

    void distribute(Bytes request) {
        for (int i = 0; i < request.sliceCount(); i++) {
            array = request.sliceArray(i);
            slice = i;
            fields(request.sliceOffset(i), request.sliceOffset(i) + request.sliceLength(i), 0);
        }
    }

    /** True if an output has taken anything of the message. */
    private boolean fields(int start, int end, int level) {
        boolean taken = false;
        int at = start;
        while (at < end) {
            int fieldStart = at;
            long prefix = Wire.prefix(array, at, end);
            int tag = Wire.value(prefix);
            if (!path.leads(level, tag)) {
                at = Wire.skip(array, Wire.position(prefix), end, tag);
                if (level == 0) {
                    chooser.forEmpty().append(array, fieldStart, at, 0);
                }
                continue;
            }
            long length = Wire.length(array, Wire.position(prefix), end);
            int body = Wire.position(length);
            at = body + Wire.value(length);
            if (path.isLast(level)) {
                chooser.choose(array, body, at, at - fieldStart).append(array, fieldStart, at, level);
                taken = true;
            } else {
                message(tag >>> 3, body, at, level);
                taken = true;
            }
        }
        return taken;
    }

    private void message(int field, int start, int end, int level) {
        Level entered = levels[level];
        entered.serial = ++serials;
        entered.field = field;
        entered.size = end - start;
        collectOthers(entered, start, end, level + 1);
        if (!fields(start, end, level + 1)) {
            chooser.forEmpty().open(array, level + 1);
        }
    }

    /** Remembers the fields of the message that lead to no items, neighbours as one run. */
    private void collectOthers(Level entered, int start, int end, int level) {
        entered.runs = 0;
        entered.othersSize = 0;
        int at = start;
        while (at < end) {
            long prefix = Wire.prefix(array, at, end);
            int tag = Wire.value(prefix);
            int next = Wire.skip(array, Wire.position(prefix), end, tag);
            if (!path.leads(level, tag)) {
                entered.add(at, next);
            }
            at = next;
        }
    }

    /** A message that is being walked. */
    private static final class Level {
        private int serial;
        private int field;
        private int size;
        /** Start and end of each run of fields that lead to no items. */
        private int[] others = new int[8];

        private int runs;
        private int othersSize;

        private void add(int start, int end) {
            othersSize += end - start;
            if (runs > 0 && others[2 * runs - 1] == start) {
                others[2 * runs - 1] = end;
                return;
            }
            if (2 * runs == others.length) {
                others = Arrays.copyOf(others, 2 * others.length);
            }
            others[2 * runs] = start;
            others[2 * runs + 1] = end;
            runs++;
        }
    }

    /** One of the requests that come out. Neighbouring items are copied together. */
    final class Output {
        /** More than a tag and a length take. */
        private static final int HEADER_BYTES = 6;

        private final WireAppender appender;
        /** What is open: the serial number of the message at each level, and where it started; {@code opened} levels. */
        private final int[] serial = new int[levels.length];

        private final int[] mark = new int[levels.length];
        private int opened;
        private byte[] runArray = array;
        private int runSlice = -1;
        private int runStart;
        private int runEnd;

        private Output(int capacity) {
            this.appender = new WireAppender(capacity);
        }

        /** About how large the request gets if it takes the next item. */
        int sizeWith(int itemSize) {
            int size = appender.length() + (runEnd - runStart) + itemSize + HEADER_BYTES * levels.length;
            for (int level = firstDifferent(levels.length); level < levels.length; level++) {
                size += levels[level].othersSize;
            }
            return size;
        }

        Bytes finish() {
            close(0);
            return appender.toBytes();
        }

        private void append(byte[] array, int start, int end, int level) {
            open(array, level);
            if (runSlice == slice && runEnd == start) {
                runEnd = end;
                return;
            }
            flush();
            runArray = array;
            runSlice = slice;
            runStart = start;
            runEnd = end;
        }

        /** Makes the messages of the first {@code depth} levels those that are being walked. */
        private void open(byte[] array, int depth) {
            int level = firstDifferent(depth);
            if (level == depth && opened == depth) {
                return;
            }
            close(level);
            for (; level < depth; level++) {
                Level wanted = levels[level];
                serial[level] = wanted.serial;
                mark[level] = appender.begin(wanted.field, wanted.size);
                for (int i = 0; i < wanted.runs; i++) {
                    int start = wanted.others[2 * i];
                    appender.raw(array, start, wanted.others[2 * i + 1] - start);
                }
            }
            opened = depth;
        }

        private int firstDifferent(int depth) {
            int level = 0;
            while (level < depth && level < opened && serial[level] == levels[level].serial) {
                level++;
            }
            return level;
        }

        private void close(int depth) {
            flush();
            while (opened > depth) {
                opened--;
                appender.end(mark[opened]);
            }
        }

        private void flush() {
            if (runEnd > runStart) {
                appender.raw(runArray, runStart, runEnd - runStart);
            }
            runStart = runEnd;
        }
    }
}
