package helseidlibrary;

import responsecentre.ResponseCentre;
import shared.Program;

/** The response centre of ../responsecentre, with tokens of NHN's HelseID.Library.Java. */
public final class LibraryResponseCentre {
    private LibraryResponseCentre() {}

    public static void main(String[] args) {
        Program.run(LibraryTokens::new, ResponseCentre.program(args));
    }
}
