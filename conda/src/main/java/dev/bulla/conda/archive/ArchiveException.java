package dev.bulla.conda.archive;

import dev.bulla.problem.Code;
import dev.bulla.problem.Problem;
import dev.bulla.problem.ProblemException;
import java.util.List;

/** A package that is refused, with every reason that was found; {@link #problem()} is the first of them. */
public final class ArchiveException extends ProblemException {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /** Refused for one reason. */
    public ArchiveException(Code code, String detail) {
        this(List.of(new Problem(code, detail)));
    }

    /** Refused for these reasons, of which there is at least one. */
    public ArchiveException(List<Problem> problems) {
        super(problems.getFirst().code(), problems.getFirst().detail());
        this.problems = List.copyOf(problems);
    }

    /** All reasons, the most telling first. */
    public List<Problem> problems() {
        return problems;
    }
}
