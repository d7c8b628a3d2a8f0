package dev.sluice.otlp.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.sluice.otlp.Bytes;
import dev.sluice.otlp.MalformedOtlpException;
import dev.sluice.otlp.OtlpValidator;
import dev.sluice.otlp.WireAppender;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Reads one request from JSON, token by token, straight into wire bytes. */
final class JsonDecoder {
    /** Keys come from strangers, so they are not put into the JVM's table of interned strings. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private static final BigInteger TWO_64 = BigInteger.ONE.shiftLeft(64);
    private static final int EXPECTED_MESSAGE_BYTES = 100;

    private final JsonParser parser;
    private final WireAppender out;

    JsonDecoder(Bytes json) {
        byte[] array;
        int offset = 0;
        if (json.sliceCount() == 1) {
            array = json.sliceArray(0);
            offset = json.sliceOffset(0);
        } else {
            array = json.toByteArray();
        }
        try {
            this.parser = FACTORY.createParser(array, offset, json.length());
        } catch (IOException e) {
            throw new UncheckedIOException("a parser over an array does no I/O", e);
        }
        this.out = new WireAppender(json.length() / 2);
    }

    Bytes decode(JsonMessage request) {
        try (parser) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw malformed("a request is a JSON object");
            }
            object(request, 0);
            if (parser.nextToken() != null) {
                throw malformed("more after the end of the request");
            }
            return out.toBytes();
        } catch (JsonProcessingException e) {
            throw malformed(e.getLocation(), JsonReason.of(e.getOriginalMessage()));
        } catch (IOException e) {
            throw new UncheckedIOException("a parser over an array does no I/O", e);
        }
    }

    /** The fields of the object whose start is the current token, up to its end. */
    private void object(JsonMessage type, int valueDepth) throws IOException {
        if (valueDepth > OtlpValidator.MAX_DEPTH) {
            throw malformed("values nest deeper than " + OtlpValidator.MAX_DEPTH);
        }
        String name;
        while ((name = parser.nextFieldName()) != null) {
            JsonToken token = parser.nextToken();
            JsonField field = type.field(name);
            if (field == null) {
                parser.skipChildren();
            } else if (token != JsonToken.VALUE_NULL) {
                if (field.isRepeated()) {
                    array(field, valueDepth);
                } else {
                    value(field, valueDepth);
                }
            }
        }
    }

    private void array(JsonField field, int valueDepth) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw expected("an array", field);
        }
        if (field.type() == JsonType.MESSAGE || field.type() == JsonType.STRING) {
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                if (field.type() == JsonType.MESSAGE) {
                    message(field, valueDepth);
                } else {
                    out.string(field.number(), text(field));
                }
            }
            return;
        }
        int before = out.length();
        int mark = out.begin(field.number(), EXPECTED_MESSAGE_BYTES);
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            switch (field.type()) {
                case UINT64 -> out.plainVarint(unsigned(field));
                case FIXED64 -> out.plainFixed64(unsigned(field));
                default -> out.plainFixed64(Double.doubleToRawLongBits(decimal(field)));
            }
        }
        if (out.length() == mark) {
            out.truncate(before);
        } else {
            out.end(mark);
        }
    }

    private void message(JsonField field, int valueDepth) throws IOException {
        // A null in a list is a message that holds nothing.
        boolean isNull = parser.currentToken() == JsonToken.VALUE_NULL;
        if (parser.currentToken() != JsonToken.START_OBJECT && !isNull) {
            throw expected("an object", field);
        }
        int mark = out.begin(field.number(), EXPECTED_MESSAGE_BYTES);
        if (!isNull) {
            object(field.message(), field.message() == JsonSchema.ANY_VALUE ? valueDepth + 1 : valueDepth);
        }
        out.end(mark);
    }

    /** A singular field. What equals the default is not written, unless its presence says something. */
    private void value(JsonField field, int valueDepth) throws IOException {
        int number = field.number();
        boolean explicit = field.presence() == JsonField.Presence.EXPLICIT;
        switch (field.type()) {
            case MESSAGE -> message(field, valueDepth);
            case STRING -> {
                String text = text(field);
                if (explicit || !text.isEmpty()) {
                    out.string(number, text);
                }
            }
            case BYTES -> {
                byte[] bytes = base64(field);
                if (explicit || bytes.length > 0) {
                    out.bytes(number, bytes, 0, bytes.length);
                }
            }
            case TRACE_ID -> id(field, 16);
            case SPAN_ID -> id(field, 8);
            case BOOL -> varint(number, bool(field) ? 1 : 0, explicit);
            case UINT32 -> varint(number, unsigned32(field), explicit);
            case FIXED32 -> {
                int value = (int) unsigned32(field);
                if (explicit || value != 0) {
                    out.fixed32(number, value);
                }
            }
            case SINT32 -> {
                long value = signed(field);
                if (value != (int) value) {
                    throw expected("a 32-bit integer", field);
                }
                if (value != 0) {
                    out.zigzag(number, value);
                }
            }
            case ENUM -> varint(number, enumValue(field), explicit);
            case UINT64 -> varint(number, unsigned(field), explicit);
            case INT64 -> varint(number, signed(field), explicit);
            case FIXED64 -> fixed64(number, unsigned(field), explicit);
            case SFIXED64 -> fixed64(number, signed(field), explicit);
            case DOUBLE -> {
                double value = decimal(field);
                if (explicit || value != 0) {
                    out.decimal(number, value);
                }
            }
        }
    }

    private void varint(int number, long value, boolean explicit) {
        if (explicit || value != 0) {
            out.varint(number, value);
        }
    }

    private void fixed64(int number, long value, boolean explicit) {
        if (explicit || value != 0) {
            out.fixed64(number, value);
        }
    }

    private void id(JsonField field, int size) throws IOException {
        String hex = text(field);
        if (hex.isEmpty()) {
            return;
        }
        if (hex.length() != 2 * size) {
            throw expected("hex of " + size + " bytes", field);
        }
        try {
            byte[] id = HexFormat.of().parseHex(hex);
            out.bytes(field.number(), id, 0, size);
        } catch (IllegalArgumentException e) {
            throw expected("hex of " + size + " bytes", field);
        }
    }

    private String text(JsonField field) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return "";
        }
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw expected("a string", field);
        }
        return parser.getText();
    }

    private byte[] base64(JsonField field) throws IOException {
        try {
            return Base64.getDecoder().decode(text(field));
        } catch (IllegalArgumentException e) {
            throw expected("base64", field);
        }
    }

    private boolean bool(JsonField field) throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> throw expected("true or false", field);
        };
    }

    private long unsigned32(JsonField field) throws IOException {
        long value = unsigned(field);
        if (value >>> 32 != 0) {
            throw expected("an unsigned 32-bit integer", field);
        }
        return value;
    }

    private long signed(JsonField field) throws IOException {
        try {
            return switch (parser.currentToken()) {
                case VALUE_NUMBER_INT -> parser.getLongValue();
                case VALUE_STRING -> Long.parseLong(parser.getText());
                default -> throw expected("an integer", field);
            };
        } catch (NumberFormatException e) {
            throw expected("an integer", field);
        }
    }

    private long unsigned(JsonField field) throws IOException {
        try {
            return switch (parser.currentToken()) {
                case VALUE_NUMBER_INT -> unsignedNumber(field);
                case VALUE_STRING -> Long.parseUnsignedLong(parser.getText());
                default -> throw expected("an unsigned integer", field);
            };
        } catch (NumberFormatException e) {
            throw expected("an unsigned integer", field);
        }
    }

    private long unsignedNumber(JsonField field) throws IOException {
        if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            BigInteger value = parser.getBigIntegerValue();
            if (value.signum() > 0 && value.compareTo(TWO_64) < 0) {
                return value.longValue();
            }
        } else if (parser.getLongValue() >= 0) {
            return parser.getLongValue();
        }
        throw expected("an unsigned integer", field);
    }

    private double decimal(JsonField field) throws IOException {
        try {
            return switch (parser.currentToken()) {
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
                case VALUE_STRING -> parseDecimal(parser.getText());
                default -> throw expected("a number", field);
            };
        } catch (NumberFormatException e) {
            throw expected("a number", field);
        }
    }

    private static double parseDecimal(String text) {
        return switch (text) {
            case "NaN" -> Double.NaN;
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> {
                // Java would accept 1d, 1f and blanks around a number as well.
                if (text.isEmpty()
                        || Character.digit(text.charAt(text.length() - 1), 10) < 0
                        || text.charAt(0) <= ' ') {
                    throw new NumberFormatException();
                }
                yield Double.parseDouble(text);
            }
        };
    }

    private long enumValue(JsonField field) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT) {
            long value = parser.getLongValue();
            if (value == (int) value) {
                return value;
            }
        } else if (parser.currentToken() == JsonToken.VALUE_STRING) {
            Integer value = field.enumNames().get(parser.getText());
            if (value != null) {
                return value;
            }
        }
        throw expected("a number or a name of the enum", field);
    }

    private MalformedOtlpException expected(String what, JsonField field) {
        return malformed(field.name() + " must be " + what);
    }

    private MalformedOtlpException malformed(String message) {
        return malformed(parser.currentTokenLocation(), message);
    }

    private static MalformedOtlpException malformed(@Nullable JsonLocation at, String message) {
        return new MalformedOtlpException(
                at == null ? message : at.getLineNr() + ":" + at.getColumnNr() + ": " + message);
    }
}
