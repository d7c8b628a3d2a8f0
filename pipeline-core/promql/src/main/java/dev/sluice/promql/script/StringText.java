package dev.sluice.promql.script;

import dev.sluice.promql.syntax.Expr;
import dev.sluice.promql.syntax.ParseException;
import dev.sluice.promql.syntax.Parser;
import dev.sluice.promql.syntax.ParserOptions;
import dev.sluice.promql.syntax.StringLiteral;

/** Strings in quotes. */
final class StringText {
    private StringText() {}

    static String unquote(String quoted, int line) throws ScriptException {
        if (quoted.isEmpty()) {
            throw new ScriptException(line, "expected string literal not valid - a quoted string literal is required");
        }
        try {
            Expr expr = Parser.parse(quoted, ParserOptions.ALL);
            if (expr instanceof StringLiteral s) {
                return s.value();
            }
        } catch (ParseException e) {
            // Falls through to what is said of every other text that is no string.
        }
        throw new ScriptException(
                line, "expected string literal not valid - check that the string is correctly quoted");
    }
}
