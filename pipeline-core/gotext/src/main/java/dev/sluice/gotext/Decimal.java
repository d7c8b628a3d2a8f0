package dev.sluice.gotext;

import java.math.BigDecimal;

/**
 * A finite number in decimal: {@code d.ddd} times ten to the exponent.
 *
 * @param negative also of zero
 * @param digits the significant ones, one at least, the first of them 0 only for zero
 */
record Decimal(boolean negative, String digits, int exponent) {
    /** Numbers above these, which have some bits, do not need one digit less than the two that Java prints at least: others may, as 4.9E-324. */
    private static final int FEW_BITS_OF_DOUBLE = -320;

    private static final int FEW_BITS_OF_FLOAT = -41;

    /** The fewest digits that read back as the value. */
    static Decimal shortest(double value) {
        Decimal found = read(Double.toString(value));
        if (found.digits.length() != 2 || found.exponent > FEW_BITS_OF_DOUBLE) {
            return found;
        }
        Decimal one = found.oneDigit();
        return Double.parseDouble(one.scientific()) == value ? one : found;
    }

    /** The fewest digits that read back as the value. */
    static Decimal shortest(float value) {
        Decimal found = read(Float.toString(value));
        if (found.digits.length() != 2 || found.exponent > FEW_BITS_OF_FLOAT) {
            return found;
        }
        Decimal one = found.oneDigit();
        return Float.parseFloat(one.scientific()) == value ? one : found;
    }

    /** The value's digits, zeros at their end included, with the sign of a number that may have been rounded to zero. */
    static Decimal of(BigDecimal value, boolean negative) {
        String digits = value.unscaledValue().abs().toString();
        return new Decimal(negative, digits, value.signum() == 0 ? 0 : digits.length() - value.scale() - 1);
    }

    /** Takes the digits from what Java prints, which since JDK 19 are the fewest but for a second one that it always has. */
    private static Decimal read(String java) {
        boolean negative = java.charAt(0) == '-';
        int start = negative ? 1 : 0;
        int e = java.indexOf('E');
        int end = e < 0 ? java.length() : e;
        int point = java.indexOf('.');
        int first = start;
        while (first < end && (java.charAt(first) == '0' || java.charAt(first) == '.')) {
            first++;
        }
        if (first == end) {
            return new Decimal(negative, "0", 0);
        }
        int last = end;
        while (java.charAt(last - 1) == '0' || java.charAt(last - 1) == '.') {
            last--;
        }
        String digits = first < point && point < last
                ? java.substring(first, point) + java.substring(point + 1, last)
                : java.substring(first, last);
        int exponent = first < point ? point - first - 1 : point - first;
        return new Decimal(negative, digits, exponent + (e < 0 ? 0 : Integer.parseInt(java, e + 1, java.length(), 10)));
    }

    /** With so many zeros more at the end. */
    Decimal padded(int zeros) {
        return new Decimal(negative, digits + "0".repeat(zeros), exponent);
    }

    private Decimal oneDigit() {
        int digit = digits.charAt(0) - '0' + (digits.charAt(1) >= '5' ? 1 : 0);
        return digit == 10
                ? new Decimal(negative, "1", exponent + 1)
                : new Decimal(negative, Integer.toString(digit), exponent);
    }

    /** Without an exponent. */
    String plain() {
        StringBuilder text = sign();
        int whole = exponent + 1;
        if (whole <= 0) {
            return text.append("0.").repeat('0', -whole).append(digits).toString();
        }
        if (digits.length() <= whole) {
            return text.append(digits).repeat('0', whole - digits.length()).toString();
        }
        return text.append(digits, 0, whole)
                .append('.')
                .append(digits, whole, digits.length())
                .toString();
    }

    /** With an exponent of at least two digits. */
    String scientific() {
        StringBuilder text = sign().append(digits.charAt(0));
        if (digits.length() > 1) {
            text.append('.').append(digits, 1, digits.length());
        }
        int size = Math.abs(exponent);
        return text.append(exponent < 0 ? "e-" : "e+")
                .append(size < 10 ? "0" : "")
                .append(size)
                .toString();
    }

    private StringBuilder sign() {
        StringBuilder text = new StringBuilder(digits.length() + 8);
        return negative ? text.append('-') : text;
    }
}
