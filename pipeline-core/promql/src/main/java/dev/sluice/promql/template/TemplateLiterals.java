package dev.sluice.promql.template;

import dev.sluice.gotext.GoFloat;
import dev.sluice.gotext.GoString;
import dev.sluice.promql.syntax.Literals;
import java.util.Locale;

/** The values of numbers, strings and characters in a template, as Go's parser of templates reads them. */
record TemplateLiterals(TemplateCursor cursor) {
    Object number(String text) {
        String digits = text.replace("_", "").toLowerCase(Locale.ROOT);
        try {
            if (digits.matches("[-+]?0b[01]+")) {
                return Long.parseLong(digits.replaceFirst("0b", ""), 2);
            }
            return Long.decode(digits.replaceFirst("^([-+]?)0o", "$10"));
        } catch (NumberFormatException e) {
            return decimal(text, digits);
        }
    }

    private Double decimal(String text, String digits) {
        Double value = GoFloat.parse(digits);
        if (value == null) {
            throw cursor.failure("bad number syntax: " + GoString.quote(text));
        }
        if (digits.chars().noneMatch(c -> ".ep".indexOf(c) >= 0)) {
            throw cursor.failure("integer overflow: " + GoString.quote(text));
        }
        return value;
    }

    String string(String quoted) {
        try {
            return Literals.unquote(quoted);
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            throw cursor.failure("invalid syntax");
        }
    }

    long character(String quoted) {
        String inner = string(quoted);
        return inner.isEmpty() ? 0 : inner.codePointAt(0);
    }
}
