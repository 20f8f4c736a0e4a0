package dev.bulla.problem;

import org.jspecify.annotations.Nullable;

/** A refusal or failure with its {@link Problem}, thrown where no caller has to choose and answered once at an edge. */
public class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    /** A problem of this code; {@code detail} says what, which and expected. */
    public ProblemException(Code code, String detail) {
        this(new Problem(code, detail), null);
    }

    /** The same, with what caused it for the log. */
    public ProblemException(Code code, String detail, Throwable cause) {
        this(new Problem(code, detail), cause);
    }

    private ProblemException(Problem problem, @Nullable Throwable cause) {
        super(problem.toString(), cause);
        this.problem = problem;
    }

    /** What to tell whoever asked. */
    public Problem problem() {
        return problem;
    }
}
