package dev.bulla.server.exchange;

import dev.bulla.problem.Code;
import dev.bulla.problem.Problem;
import dev.bulla.problem.ProblemException;
import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpField;

/** A refusal that says more than one thing: several problems at once, or headers that belong to its status. */
public final class Refusal extends ProblemException {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;
    private final transient List<HttpField> headers;

    private Refusal(List<Problem> problems, List<HttpField> headers) {
        super(problems.getFirst().code(), details(problems));
        this.problems = List.copyOf(problems);
        this.headers = List.copyOf(headers);
    }

    /** All the problems of what was sent, at least one. */
    public static Refusal of(List<Problem> problems) {
        return new Refusal(problems, List.of());
    }

    /** One problem, with headers such as {@code Allow} or {@code Content-Range}. */
    public static Refusal of(Code code, String detail, HttpField... headers) {
        return new Refusal(List.of(new Problem(code, detail)), List.of(headers));
    }

    List<Problem> problems() {
        return problems;
    }

    List<HttpField> headers() {
        return headers;
    }

    private static String details(List<Problem> problems) {
        return problems.stream().map(Problem::detail).collect(Collectors.joining(" "));
    }
}
