package dev.sluice.otlp.json;

import dev.sluice.gotext.GoFloat;
import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.MalformedOtlpException;
import dev.sluice.otlp.Wire;
import dev.sluice.otlp.view.FieldIndex;
import dev.sluice.otlp.view.NumbersView;
import dev.sluice.otlp.view.Repeated;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** Writes one request as JSON. */
final class JsonEncoder {
    /** Deeper than a validated request gets: each value nests two messages. */
    private static final int MAX_DEPTH = 100;

    /** One for each message that is open at a time. */
    private final List<FieldIndex> indexes = new ArrayList<>();

    private JsonOutput out = new JsonOutput(0);

    byte[] encode(JsonMessage type, Bytes request) {
        out = new JsonOutput(2 * request.length());
        // A request has one field, the resources, which go on from slice to slice.
        JsonField resources = type.fields().getFirst();
        out.raw('{');
        boolean any = false;
        Repeated cursor = new Repeated();
        for (int i = 0; i < request.sliceCount(); i++) {
            int start = request.sliceOffset(i);
            cursor.reset(request.sliceArray(i), start, start + request.sliceLength(i), resources.number());
            while (cursor.next()) {
                if (!any) {
                    out.key(resources.name());
                    out.raw('[');
                    any = true;
                }
                out.comma();
                message(resources.message(), cursor.array(), cursor.start(), cursor.end(), 0);
            }
        }
        out.raw(any ? "]}" : "}");
        return out.toByteArray();
    }

    private void message(JsonMessage type, byte[] array, int start, int end, int depth) {
        FieldIndex index = index(depth);
        index.read(array, start, end);
        int member = lastMember(type, index);
        out.raw('{');
        for (JsonField field : type.fields()) {
            if (field.isRepeated()) {
                repeated(field, index, depth);
            } else if (field.isOneof()) {
                if (field.number() == member) {
                    out.key(field.name());
                    value(field, index, depth);
                }
            } else if (isWritten(field, index)) {
                out.key(field.name());
                value(field, index, depth);
            }
        }
        out.raw('}');
    }

    /** The number of the oneof's field that is set; 0 if none is. */
    private static int lastMember(JsonMessage type, FieldIndex index) {
        int member = 0;
        int memberEnd = -1;
        for (JsonField field : type.oneof()) {
            int end = index.lastEnd(field.number());
            if (end > memberEnd) {
                member = field.number();
                memberEnd = end;
            }
        }
        return member;
    }

    private static boolean isWritten(JsonField field, FieldIndex index) {
        int number = field.number();
        return switch (field.presence()) {
            case ALWAYS -> true;
            case EXPLICIT -> index.lastEnd(number) >= 0;
            case NOT_DEFAULT ->
                switch (field.type()) {
                    case STRING, BYTES -> index.length(number) > 0;
                    case TRACE_ID -> (index.bigEndian(number, 0) | index.bigEndian(number, Long.BYTES)) != 0;
                    case SPAN_ID -> index.bigEndian(number, 0) != 0;
                    case DOUBLE -> index.decimal(number) != 0;
                    case UINT32, ENUM -> (int) index.bits(number) != 0;
                    case BOOL, FIXED32, SINT32, UINT64, INT64, FIXED64, SFIXED64 -> index.bits(number) != 0;
                    case MESSAGE -> index.hasRange(number);
                };
        };
    }

    private void value(JsonField field, FieldIndex index, int depth) {
        int number = field.number();
        int from = index.from(number);
        int to = index.to(number);
        switch (field.type()) {
            case STRING -> out.string(index.array(), from, to);
            case BYTES -> base64(index.array(), from, to);
            case TRACE_ID, SPAN_ID -> out.hex(index.array(), from, to);
            case MESSAGE -> message(field.message(), index.array(), from, to, depth + 1);
            case SINT32 -> out.raw(Integer.toString(index.zigzag(number)));
            default -> number(field.type(), index.bits(number));
        }
    }

    private void number(JsonType type, long bits) {
        switch (type) {
            case BOOL -> out.raw(bits != 0 ? "true" : "false");
            case UINT32, FIXED32 -> out.raw(Integer.toUnsignedString((int) bits));
            case ENUM -> out.raw(Integer.toString((int) bits));
            case INT64, SFIXED64 -> quoted(Long.toString(bits));
            case UINT64, FIXED64 -> quoted(Long.toUnsignedString(bits));
            case DOUBLE -> decimal(Double.longBitsToDouble(bits));
            case SINT32, STRING, BYTES, TRACE_ID, SPAN_ID, MESSAGE ->
                throw new IllegalArgumentException("not a plain number: " + type);
        }
    }

    private void decimal(double value) {
        if (Double.isFinite(value)) {
            out.raw(GoFloat.json(value));
        } else {
            quoted(GoFloat.text(value));
        }
    }

    private void quoted(String ascii) {
        out.raw('"');
        out.raw(ascii);
        out.raw('"');
    }

    private void base64(byte[] array, int from, int to) {
        byte[] text = Base64.getEncoder().encode(Arrays.copyOfRange(array, from, to));
        out.string(text, 0, text.length);
    }

    private void repeated(JsonField field, FieldIndex index, int depth) {
        int number = field.number();
        if (index.lastEnd(number) < 0) {
            return;
        }
        int before = out.length();
        out.key(field.name());
        out.raw('[');
        int empty = out.length();
        switch (field.type()) {
            case MESSAGE, STRING -> {
                Repeated cursor = new Repeated();
                cursor.reset(index, number);
                while (cursor.next()) {
                    out.comma();
                    if (field.type() == JsonType.STRING) {
                        out.string(cursor.array(), cursor.start(), cursor.end());
                    } else {
                        message(field.message(), cursor.array(), cursor.start(), cursor.end(), depth + 1);
                    }
                }
            }
            default -> {
                NumbersView numbers = new NumbersView(field.type() == JsonType.UINT64 ? Wire.VARINT : Wire.FIXED64);
                numbers.reset(index, number);
                while (numbers.next()) {
                    out.comma();
                    number(field.type(), numbers.bits());
                }
            }
        }
        if (out.length() == empty) {
            // A packed field may hold nothing.
            out.truncate(before);
        } else {
            out.raw(']');
        }
    }

    private FieldIndex index(int depth) {
        if (depth > MAX_DEPTH) {
            throw new MalformedOtlpException("messages nest deeper than " + MAX_DEPTH);
        }
        if (depth == indexes.size()) {
            indexes.add(new FieldIndex());
        }
        return indexes.get(depth);
    }
}
