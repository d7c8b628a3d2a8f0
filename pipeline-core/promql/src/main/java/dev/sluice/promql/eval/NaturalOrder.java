package dev.sluice.promql.eval;

import dev.sluice.gotext.GoString;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Texts in the order of people: numbers inside them by size. Source: the rules of github.com/facette/natsort, which Prometheus uses. */
final class NaturalOrder {
    private static final BigInteger LONG_MAX = BigInteger.valueOf(Long.MAX_VALUE);

    private NaturalOrder() {}

    /** Whether the first of two different texts comes first. */
    static boolean precedes(String a, String b) {
        List<String> x = chunks(a);
        List<String> y = chunks(b);
        for (int i = 0; i < x.size(); i++) {
            if (i >= y.size()) {
                return false;
            }
            boolean numbers = number(x.get(i)) && number(y.get(i));
            int order = numbers
                    ? new BigInteger(x.get(i)).compareTo(new BigInteger(y.get(i)))
                    : GoString.compare(x.get(i), y.get(i));
            if (order != 0) {
                return order < 0;
            }
            if (i == x.size() - 1) {
                return true;
            }
        }
        // An empty text has no chunks, and does not come before others.
        return false;
    }

    private static boolean number(String chunk) {
        return digit(chunk.charAt(0)) && new BigInteger(chunk).compareTo(LONG_MAX) <= 0;
    }

    private static List<String> chunks(String text) {
        List<String> chunks = new ArrayList<>();
        int start = 0;
        for (int i = 1; i <= text.length(); i++) {
            if (i == text.length() || digit(text.charAt(i)) != digit(text.charAt(start))) {
                chunks.add(text.substring(start, i));
                start = i;
            }
        }
        return chunks;
    }

    private static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }
}
