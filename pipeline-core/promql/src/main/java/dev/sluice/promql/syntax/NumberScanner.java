package dev.sluice.promql.syntax;

/**
 * Finds the end of a number or of a duration. Numbers are decimal or hexadecimal, with underscores between digits; what is scanned need not be a
 * valid number yet.
 */
final class NumberScanner {
    private static final String DECIMAL = "0123456789";
    private static final String HEXADECIMAL = "0123456789abcdefABCDEF";

    private final Characters text;

    NumberScanner(Characters text) {
        this.text = text;
    }

    /** Whether a number stands here; where not, the position is that of the offence, from which a duration may still follow. */
    boolean number() {
        String digits = DECIMAL;
        if (accept("0") && accept("xX")) {
            accept("_");
            digits = HEXADECIMAL;
        }
        accept(".");
        accept(digits);
        boolean point = false;
        boolean exponent = false;
        while (is(digits + "._eE")) {
            if ((is(".") && point) || (is("eE") && exponent)) {
                text.read();
                return false;
            }
            if (accept(".")) {
                point = true;
                if (accept("_.") || digits.length() > DECIMAL.length()) {
                    return false;
                }
            } else if (accept("eE")) {
                exponent = true;
                accept("+-");
                if (accept("._eE") || end()) {
                    return false;
                }
            } else if (accept("_")) {
                if (accept("._eE") || end()) {
                    return false;
                }
            } else {
                while (accept(digits)) {
                    // All digits of a row.
                }
            }
        }
        return !alphanumeric();
    }

    /** Whether units, and digits with units, follow the digits scanned. */
    boolean duration() {
        if (!accept("smhdwy")) {
            return false;
        }
        accept("s");
        while (accept(DECIMAL)) {
            while (accept(DECIMAL)) {
                // All digits of a row.
            }
            if (!accept("smhdw")) {
                return false;
            }
            accept("s");
        }
        if (alphanumeric()) {
            text.read();
            return false;
        }
        return true;
    }

    private boolean is(String set) {
        return set.indexOf(text.peek()) >= 0;
    }

    private boolean accept(String set) {
        if (is(set)) {
            text.read();
            return true;
        }
        return false;
    }

    private boolean end() {
        return text.peek() == Characters.END;
    }

    private boolean alphanumeric() {
        return Characters.alpha(text.peek()) || Characters.digit(text.peek());
    }
}
