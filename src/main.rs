//! The command `utkast`; everything it does is in [`utkast::cli`].

fn main() -> std::process::ExitCode {
    utkast::cli::run(std::env::args_os(), &mut utkast::cli::Streams::of_process()).into()
}
