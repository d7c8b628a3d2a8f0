package dev.sluice.otlp.edit;

import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.ItemPath;
import dev.sluice.otlp.Wire;
import dev.sluice.otlp.WireAppender;
import java.util.ArrayList;
import java.util.List;

/** The pass that all editors share: see the package. */
final class Rewriter {
    /** What an editor does with what the pass meets. */
    interface Rule {
        /** The pass enters the message in the range, which is at {@code level} of the path and holds items. */
        void enter(int level, byte[] array, int start, int end);

        /** Whether the item in the range stays. {@code patch} is empty and stands on the item. */
        boolean keep(byte[] array, int start, int end, Patch patch);
    }

    /** A larger buffer than this is not kept from one request to the next. */
    private static final int MAX_KEPT_BUFFER = 1 << 20;

    private static final byte[] NOTHING = new byte[0];

    private final ItemPath path;
    private final Rule rule;
    private final Patch patch = new Patch();
    private WireAppender out = new WireAppender(0);
    private byte[] array = NOTHING;
    /** What lies in the input from here to where the pass stands is kept and not copied yet. */
    private int runStart;

    private boolean changed;
    private int dropped;

    Rewriter(ItemPath path, Rule rule) {
        this.path = path;
        this.rule = rule;
    }

    /** How many items the last request lost. */
    int dropped() {
        return dropped;
    }

    /** The request itself if nothing changed. */
    Bytes rewrite(Bytes request) {
        dropped = 0;
        if (request.sliceCount() == 1) {
            return rewriteSlice(request);
        }
        boolean anyChanged = false;
        List<Bytes> slices = new ArrayList<>(request.sliceCount());
        for (Bytes slice : request.slices()) {
            Bytes rewritten = rewriteSlice(slice);
            anyChanged |= changed;
            slices.add(rewritten);
        }
        return anyChanged ? Bytes.concat(slices) : request;
    }

    private Bytes rewriteSlice(Bytes slice) {
        array = slice.sliceArray(0);
        int start = slice.sliceOffset(0);
        int end = start + slice.sliceLength(0);
        runStart = start;
        changed = false;
        // Room for some additions; what comes out is copied to its size, so that the buffer can be used again.
        out.ensureCapacity(end - start + 256);
        out.truncate(0);
        fields(start, end, 0);
        copyTo(end);
        Bytes rewritten = changed ? out.toBytes() : slice;
        if (end - start > MAX_KEPT_BUFFER) {
            out = new WireAppender(0);
        }
        return rewritten;
    }

    /** True if an item stays. */
    private boolean fields(int start, int end, int level) {
        boolean any = false;
        int at = start;
        while (at < end) {
            int fieldStart = at;
            long prefix = Wire.prefix(array, at, end);
            int tag = Wire.value(prefix);
            if (!path.leads(level, tag)) {
                at = Wire.skip(array, Wire.position(prefix), end, tag);
                continue;
            }
            long length = Wire.length(array, Wire.position(prefix), end);
            int body = Wire.position(length);
            at = body + Wire.value(length);
            any |= path.isLast(level)
                    ? item(fieldStart, tag >>> 3, body, at)
                    : message(fieldStart, tag >>> 3, body, at, level);
        }
        return any;
    }

    private boolean item(int fieldStart, int field, int start, int end) {
        patch.reset(array, start, end);
        if (!rule.keep(array, start, end, patch)) {
            copyTo(fieldStart);
            runStart = end;
            changed = true;
            dropped++;
            return false;
        }
        if (!patch.isEmpty()) {
            copyTo(fieldStart);
            int mark = out.begin(field, patch.size());
            patch.writeTo(out);
            out.end(mark);
            runStart = end;
            changed = true;
        }
        return true;
    }

    /** A message around items, which goes if none of them stays. */
    private boolean message(int fieldStart, int field, int start, int end, int level) {
        copyTo(fieldStart);
        int before = out.length();
        rule.enter(level, array, start, end);
        int mark = out.begin(field, end - start);
        runStart = start;
        boolean any = fields(start, end, level + 1);
        if (any) {
            copyTo(end);
            out.end(mark);
        } else {
            out.truncate(before);
            runStart = end;
            changed = true;
        }
        return any;
    }

    private void copyTo(int position) {
        if (position > runStart) {
            out.raw(array, runStart, position - runStart);
        }
        runStart = position;
    }
}
