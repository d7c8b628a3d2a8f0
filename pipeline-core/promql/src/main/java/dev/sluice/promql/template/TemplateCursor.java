package dev.sluice.promql.template;

import dev.sluice.gotext.GoString;
import dev.sluice.promql.template.TemplateToken.Kind;
import java.util.List;
import java.util.Set;

/** The tokens of a template and how far they have been read. */
final class TemplateCursor {
    private static final Set<String> KEYWORDS =
            Set.of("block", "break", "continue", "define", "else", "end", "if", "range", "nil", "template", "with");

    private final String name;
    private final String input;
    private final List<TemplateToken> tokens;
    private int next;

    TemplateCursor(String name, String input) {
        this.name = name;
        this.input = input;
        tokens = TemplateLexer.tokens(name, input);
    }

    TemplateToken peek() {
        return tokens.get(next);
    }

    TemplateToken take() {
        return tokens.get(next++);
    }

    /** The next token that is no space, which is left where it is. */
    TemplateToken peekNonSpace() {
        while (peek().is(Kind.SPACE)) {
            next++;
        }
        return peek();
    }

    TemplateToken takeNonSpace() {
        TemplateToken token = peekNonSpace();
        next++;
        return token;
    }

    /** Where the cursor stands, to go {@link #back} to. */
    int mark() {
        return next;
    }

    void back(int mark) {
        next = mark;
    }

    void close(String context) {
        TemplateToken token = takeNonSpace();
        if (!token.is(Kind.CLOSE)) {
            throw unexpected(token, context);
        }
    }

    static boolean isKeyword(String word) {
        return KEYWORDS.contains(word);
    }

    TemplateException unexpected(TemplateToken token, String context) {
        String shown = token.is(Kind.END)
                ? "EOF"
                : isKeyword(token.text()) ? "<" + token.text() + ">" : GoString.quote(token.text(), 10);
        return failure("unexpected " + shown + " in " + context);
    }

    /** At the token that was taken last. */
    TemplateException failure(String message) {
        int last = Math.max(0, Math.min(next, tokens.size()) - 1);
        return TemplateLexer.failure(name, input, tokens.get(last).at(), message);
    }
}
