package dev.sluice.slo.condition;

import dev.sluice.otlp.view.AnyValueView;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What something is compared to. How a value stands to it is -1, 0 or 1, or {@link #INCOMPARABLE} where the two are of different kinds. */
sealed interface Literal {
    int INCOMPARABLE = 2;

    /** Of a value that is there. */
    int order(AnyValueView value);

    /** Text; ordered by its bytes. */
    final class Text implements Literal {
        private final byte[] utf8;

        Text(String text) {
            utf8 = text.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public int order(AnyValueView value) {
            return value.kind() == AnyValueView.Kind.STRING
                    ? order(value.array(), value.contentStart(), value.contentLength())
                    : INCOMPARABLE;
        }

        int order(byte[] array, int start, int length) {
            return Integer.signum(Arrays.compareUnsigned(array, start, start + length, utf8, 0, utf8.length));
        }
    }

    /** A number; integers and others are compared with each other. */
    record Numeric(double number) implements Literal {
        @Override
        public int order(AnyValueView value) {
            return switch (value.kind()) {
                case INT -> order((double) value.integer());
                case DOUBLE -> order(value.decimal());
                case EMPTY, STRING, BOOL, SLICE, MAP, BYTES -> INCOMPARABLE;
            };
        }

        int order(double value) {
            return value < number ? -1 : value > number ? 1 : value == number ? 0 : INCOMPARABLE;
        }
    }

    /** True or false, which have no order. */
    record Truth(boolean truth) implements Literal {
        @Override
        public int order(AnyValueView value) {
            return value.kind() == AnyValueView.Kind.BOOL && value.bool() == truth ? 0 : INCOMPARABLE;
        }
    }

    /** What is not there. */
    record Nil() implements Literal {
        @Override
        public int order(AnyValueView value) {
            return INCOMPARABLE;
        }
    }
}
