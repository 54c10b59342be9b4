"""Start the course: one command turns a fresh machine into an open lesson.

``python start.py`` sets up ``.venv``, prepares the practice data and opens JupyterLab;
``python start.py demo`` grades a class of simulated trainees; ``test`` runs the tests.
Standard library only, and readable for Python 3.6: an old Python gets one clear sentence instead
of a SyntaxError.  Every trouble is a sentence with its remedy, never a traceback.
"""

import hashlib
import importlib.util
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
import webbrowser
from pathlib import Path, PurePath

ROOT = Path(__file__).resolve().parent
FIRST_LESSON = "notebooks/00_bat_dau.ipynb"
RUNTIME_LOCK, DEV_LOCK = "requirements.lock", "requirements-dev.lock"
#: measured in MB: the environment 760, with the tests' tools 1,100, pip's cache 300
NEEDED_DISK_MB = 2000
#: Windows allows 259 letters; the longest path measured in ``.venv`` takes 172 of them
LONGEST_FOLDER = 80
SYNCHRONISED = ("onedrive", "dropbox", "google drive", "googledrive", "my drive", "icloud")
LOOPBACK = ("localhost", "127.0.0.1", "::1")
SECONDS_TO_START = 180
#: what the tests need beyond Python: its name, and the commands that prove it is there
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
SYSTEM_TOOLS = {"chromium": BROWSERS, "poppler-utils": ("pdfsig",), "zbar-tools": ("zbarimg",)}
SYSTEM_TOOLS.update(git=("git",), openssl=("openssl",), softhsm2=("softhsm2-util",), npm=("npm",))
SYSTEM_TOOLS["postgresql"] = ("initdb", "pg_ctlcluster")  # Debian keeps initdb away from PATH
#: lines of pip that name the next library
PIP_STEPS = ("Collecting", "Processing", "Requirement already")
#: words in pip's log, and the trouble that they mean
PIP_WORDS = {
    "No space left": "full",
    "DO NOT MATCH THE HASHES": "hashes",
    "CERTIFICATE_VERIFY_FAILED": "certificate",
    "connection broken": "network",
}
#: every trouble: what is wrong, what to do
SENTENCES = {
    "python": "Máy đang dùng Python {found}, sổ sạch cần từ 3.11 trở lên: hãy {remedy}.",
    "modules": "Python này thiếu {missing}: hãy chạy 'sudo apt install python{found}-venv' rồi chạy lại.",
    "cloud": "Thư mục '{part}' đang được đồng bộ lên mạng nên cài đặt sẽ hỏng:"
    " hãy chép cả thư mục sổ sạch sang nơi khác, ví dụ C:\\sosach, rồi chạy lại.",
    "long": "Đường dẫn '{folder}' dài {length} ký tự, Windows chỉ cho tối đa {limit}:"
    " hãy chép cả thư mục sang nơi ngắn hơn, ví dụ C:\\sosach, rồi chạy lại.",
    "write": "Không ghi được vào thư mục '{folder}': hãy chép sổ sạch sang nơi có quyền ghi rồi chạy lại.",
    "disk": "Ổ đĩa còn {free} MB trống, cần {needed} MB: hãy dọn bớt tệp rồi chạy lại.",
    "tools": "Máy còn thiếu {missing}: hãy cài đủ (sudo apt install {packages}) rồi chạy lại.",
    "venv": "Không tạo được thư mục .venv: hãy đóng mọi cửa sổ Python và Jupyter, xóa thư mục"
    " .venv rồi chạy lại; chi tiết ở tệp var/pip.log.",
    "full": "Ổ đĩa đã đầy khi đang cài: hãy dọn bớt tệp rồi chạy lại.",
    "hashes": "Thư viện tải về không khớp mã băm đã khóa nên bị từ chối:"
    " hãy thử lại bằng mạng khác; chi tiết ở tệp var/pip.log.",
    "certificate": "Mạng này thay chứng chỉ bảo mật nên không tải được thư viện: hãy đổi mạng"
    " hoặc nhờ quản trị mạng, rồi chạy lại; chi tiết ở tệp var/pip.log.",
    "network": "Không tải được thư viện vì không vào được mạng:"
    " hãy kiểm tra mạng hoặc proxy rồi chạy lại; chi tiết ở tệp var/pip.log.",
    "install": "Cài đặt chưa xong: hãy chạy lại; chi tiết ở cuối tệp var/pip.log.",
    "practice": "Chưa chuẩn bị đủ dữ liệu luyện tập: hãy mở bài tập để xem lời nhắc trong bài.",
    "jupyter": "JupyterLab không mở được: hãy chạy lại để cài lại; chi tiết ở tệp var/jupyter.log.",
}
#: opens each exercise once, as its notebook does; that writes the practice data
PRACTICE = """import os, sys; from sosach.course import mo_bai
for folder in sys.argv[1:]: os.chdir(folder); mo_bai(os.path.basename(folder))"""
HELP = """Sổ sạch: luyện làm sạch và ký số dữ liệu tiêm chủng (DỮ LIỆU GIẢ LẬP).
Practise cleaning and signing vaccination records on invented data.

  python start.py                mở bài học trong JupyterLab (lần đầu: cài đặt, mất vài phút)
  python start.py --no-browser   như trên, không tự mở trình duyệt
  python start.py demo           chấm thử một lớp học giả lập, không cần màn hình
  python start.py test           chạy các phép thử của chương trình"""


class Trouble(Exception):  # noqa: N818 - a state of the machine that a person can put right
    """One Vietnamese sentence: what is wrong and what to do."""


def trouble(name: str, **facts: object) -> Trouble:
    """Make the trouble of this name, its facts filled in."""
    return Trouble(SENTENCES[name].format(**facts))


def say(sentence: str) -> None:
    """Say one sentence to the person at the screen, at once."""
    print(sentence, flush=True)


def check_python(version: tuple) -> None:
    """Refuse a Python that is too old; name a newer one if the machine has it."""
    if tuple(version[:2]) >= (3, 11):
        return
    newer = [name for name in ("python3.13", "python3.12", "python3.11") if shutil.which(name)]
    remedy = f"chạy '{newer[0]} start.py'" if newer else "cài Python 3.11 đến 3.13 rồi chạy lại"
    raise trouble("python", found=f"{version[0]}.{version[1]}", remedy=remedy)


def check_modules(names: tuple = ("venv", "ensurepip")) -> None:
    """Refuse a Python without the parts that make an environment (Debian leaves them out)."""
    missing = ", ".join(name for name in names if importlib.util.find_spec(name) is None)
    if missing:
        raise trouble("modules", missing=missing, found="{}.{}".format(*sys.version_info))


def check_place(folder: PurePath, platform: str) -> None:
    """Refuse a folder that is synchronised (Windows, macOS) or too deep (Windows)."""
    cloud = [part for part in folder.parts if any(word in part.lower() for word in SYNCHRONISED)]
    if cloud and platform in ("win32", "darwin"):
        raise trouble("cloud", part=cloud[0])
    length = len(str(folder))
    if platform == "win32" and length > LONGEST_FOLDER:
        raise trouble("long", folder=folder, length=length, limit=LONGEST_FOLDER)


def check_write(folder: Path) -> None:
    """Refuse a folder where nothing can be written."""
    try:
        with tempfile.TemporaryFile(dir=str(folder)):
            pass
    except OSError as error:
        raise trouble("write", folder=folder) from error


def check_disk(folder: Path, needed: int = NEEDED_DISK_MB) -> None:
    """Refuse a disk that is too full, saying how many MB are needed and how many are free."""
    free = shutil.disk_usage(str(folder)).free // 1_000_000
    if free < needed:
        raise trouble("disk", free=free, needed=needed)


def check_tools(tools: dict = SYSTEM_TOOLS) -> None:
    """Refuse to test without the system tools; all missing ones are named at once."""
    missing = [name for name, commands in tools.items() if not any(map(shutil.which, commands))]
    if missing:
        raise trouble("tools", missing=", ".join(missing), packages=" ".join(missing))


def venv_python(root: Path) -> Path:
    """Python of the environment, as a path that need not exist yet."""
    return root / ".venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def environment(root: Path, python: Path) -> dict:
    """Variables for every program that is started here.

    The environment's commands come first on PATH (nbgrader calls ``alembic`` by name), loopback
    never goes through a proxy, and Jupyter keeps its settings and notes in ``var``.
    """
    env = {k: v for k, v in os.environ.items() if k not in ("PYTHONHOME", "PYTHONPATH")}
    env["PATH"] = str(python.parent) + os.pathsep + env.get("PATH", "")
    for name in ("NO_PROXY",) if os.name == "nt" else ("NO_PROXY", "no_proxy"):
        kept = env.get(name) or env.get(name.lower()) or env.get(name.upper()) or ""
        hosts = [kept, *(host for host in LOOPBACK if host not in kept.split(","))]
        env[name] = kept if kept == "*" else ",".join(filter(None, hosts))
    env.update(PYTHONUTF8="1", PIP_USER="0", JUPYTER_CONFIG_DIR=str(root / "var" / "jupyter"))
    env["JUPYTER_RUNTIME_DIR"] = str(root / "var" / "jupyter" / "runtime")
    return env


def run(root: Path, python: Path, arguments: list, **streams: object) -> int:
    """Run the environment's Python in the repository; its exit code is ours."""
    command = [str(python), *arguments]
    env = environment(root, python)
    return subprocess.run(command, cwd=str(root), env=env, check=False, **streams).returncode


def fingerprint(root: Path, lock: str) -> str:
    """Line of the stamp: this lock, these bytes, this folder (an environment cannot be moved)."""
    digest = hashlib.sha256((root / lock).read_bytes()).hexdigest()
    return f"{lock} {digest} {root}"


def installed_locks(root: Path) -> set:
    """Locks that are installed completely; none where the environment does not work."""
    stamp = root / ".venv" / "sosach-stamp.txt"
    lines = stamp.read_text(encoding="utf-8").splitlines() if stamp.is_file() else []
    done = {lock for lock in (RUNTIME_LOCK, DEV_LOCK) if fingerprint(root, lock) in lines}
    probe = ["-c", "import pip, sosach"]
    try:
        broken = bool(done) and run(root, venv_python(root), probe, stderr=subprocess.DEVNULL)
    except OSError:  # Python was removed
        broken = True
    return set() if broken else done


def set_up(root: Path, locks: tuple) -> Path:
    """Make the environment, or what is missing of it, and return its Python.

    The stamp goes first and comes back last: a set-up that was interrupted is redone.
    """
    done = installed_locks(root)
    missing = [lock for lock in locks if lock not in done]
    if missing:
        check_modules()
        check_place(root, sys.platform)
        check_write(root)
        check_disk(root)
        (root / "var").mkdir(exist_ok=True)
        make_venv(root, clear=not done)
        for lock in missing:
            install(root, ["--require-hashes", "-r", lock])
        install(root, ["--no-deps", "--no-build-isolation", "-e", "."])
        calm_lab(root)
        stamp = "\n".join(fingerprint(root, lock) for lock in sorted(done.union(missing)))
        (root / ".venv" / "sosach-stamp.txt").write_text(stamp, encoding="utf-8")
    return venv_python(root)


def make_venv(root: Path, clear: bool) -> None:
    """Make ``.venv`` without a stamp; cleared, or as it stands where it worked so far."""
    venv, libraries = root / ".venv", (root / RUNTIME_LOCK).read_text(encoding="utf-8").count("==")
    say(f"Đang cài khoảng {libraries} thư viện: mất vài phút, cần {NEEDED_DISK_MB} MB trống ...")
    base = getattr(sys, "_base_executable", sys.executable)  # never the Python that is replaced
    command = [base, "-m", "venv", *(["--clear"] if clear else []), str(venv)]
    with (root / "var" / "pip.log").open("w", encoding="utf-8") as log:
        if subprocess.run(command, stdout=log, stderr=log, check=False).returncode:
            raise trouble("venv")
    (venv / "sosach-stamp.txt").unlink(missing_ok=True)


def calm_lab(root: Path) -> None:
    """Give JupyterLab the settings for trainees."""
    with (root / "var" / "pip.log").open("a", encoding="utf-8") as log:
        if run(root, venv_python(root), ["sosach/course/lab/lay_out.py"], stdout=log, stderr=log):
            raise trouble("install")


def install(root: Path, arguments: list) -> None:
    """Run pip with a counter on the screen and its words in ``var/pip.log``."""
    python, log = venv_python(root), root / "var" / "pip.log"
    options = ["--disable-pip-version-check", "--progress-bar=off"]
    command = [str(python), "-m", "pip", "install", *options, *arguments]
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "encoding": "utf-8"}
    env, count = environment(root, python), 0
    pip = subprocess.Popen(command, cwd=str(root), env=env, errors="replace", **streams)
    with log.open("a", encoding="utf-8") as kept, pip:
        for line in pip.stdout:
            kept.write(line)
            count += line.startswith(PIP_STEPS)
            show_progress(line, count)
    if pip.returncode:
        words = log.read_text(encoding="utf-8")
        names = [name for needle, name in PIP_WORDS.items() if needle in words]
        raise trouble([*names, "install"][0])


def show_progress(line: str, count: int) -> None:
    """Turn a line of pip into a counter with the library's name."""
    if line.startswith("Installing collected packages") and count > 1:
        print(end="\n" if sys.stdout.isatty() else "")
        say("Đã tải xong, đang cài lên máy ...")
    elif line.startswith(PIP_STEPS):
        name = PurePath(line.split(" (from")[0].split()[-1]).name
        end = "" if sys.stdout.isatty() else "\n"
        print(f"\r  thư viện thứ {count}: {name[:50]:<50}".rstrip() + " ", end=end, flush=True)


def prepare_practice(root: Path, python: Path) -> None:
    """Make the practice data of every exercise that has none yet."""
    folders = [p for p in sorted((root / "exercises").glob("*/")) if not (p / "du_lieu").exists()]
    if folders:
        say("Đang chuẩn bị dữ liệu luyện tập ...")
        with (root / "var" / "luyen_tap.log").open("w", encoding="utf-8") as log:
            if run(root, python, ["-c", PRACTICE, *map(str, folders)], stdout=log, stderr=log):
                say(SENTENCES["practice"])


def ask(server: dict, path: str, method: str = "GET") -> bool:
    """Ask a Jupyter server; False where it does not answer, or does not know our token."""
    headers = {"Authorization": f"token {server['token']}"}
    request = urllib.request.Request(server["url"] + path, headers=headers, method=method)  # noqa: S310
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with direct.open(request, timeout=5) as answer:
            return answer.status == 200
    except (OSError, ValueError):
        return False


def running_server(root: Path) -> "dict | None":
    """Jupyter's own note about a server of this folder that answers; None where there is none."""
    for note in (root / "var" / "jupyter" / "runtime").glob("jpserver-*.json"):
        try:
            server = json.loads(note.read_text(encoding="utf-8"))
            ours = Path(server["root_dir"]).samefile(root)
        except (OSError, ValueError, KeyError):  # half written, or its folder is gone
            continue
        if ours and ask(server, "api/status"):
            return server
    return None


def start_server(root: Path, python: Path) -> subprocess.Popen:
    """Start JupyterLab on the whole repository, its words in ``var/jupyter.log``."""
    say("Đang mở JupyterLab ...")
    command = [str(python), "-m", "jupyterlab", "--no-browser", "--ServerApp.ip=127.0.0.1"]
    command += [f"--ServerApp.root_dir={root}", "--LabApp.extension_manager=readonly"]
    command += ["--allow-root"] if getattr(os, "geteuid", lambda: 1)() == 0 else []
    # Ctrl+C must reach this program alone: Jupyter would answer with a question in English
    alone = {"creationflags": 0x200} if os.name == "nt" else {"start_new_session": True}
    streams = {"stdin": subprocess.DEVNULL, "stderr": subprocess.STDOUT}
    (root / "var").mkdir(exist_ok=True)
    with (root / "var" / "jupyter.log").open("w", encoding="utf-8") as log:
        env = environment(root, python)
        return subprocess.Popen(command, cwd=str(root), env=env, stdout=log, **streams, **alone)


def wait_for_server(root: Path, lab: subprocess.Popen) -> dict:
    """Wait until the server that was just started answers."""
    for _ in range(SECONDS_TO_START * 4):
        server = running_server(root)
        if server:
            return server
        if lab.poll() is not None:
            break
        time.sleep(0.25)
    (root / ".venv" / "sosach-stamp.txt").unlink(missing_ok=True)  # the next start sets up again
    raise trouble("jupyter")


def open_lab(root: Path, python: Path, browser: bool) -> None:
    """Open the first lesson in JupyterLab and stay until Ctrl+C; reuse a server that runs."""
    server = running_server(root)
    if server:
        say("JupyterLab đang chạy sẵn.")
        show_address(server, browser)
        return
    lab = start_server(root, python)
    try:
        server = wait_for_server(root, lab)
        show_address(server, browser)
        say("Bài làm được lưu ngay trong thư mục này. Nhấn Ctrl+C ở cửa sổ này để tắt.")
        lab.wait()
    except KeyboardInterrupt:
        say("Đang tắt ...")
    finally:
        close(lab, server)
    say("Đã tắt JupyterLab. Hẹn gặp lại anh/chị!")


def show_address(server: dict, browser: bool) -> None:
    """Print the address with its token, as the server itself gives it, and open it."""
    address = f"{server['url']}lab/tree/{FIRST_LESSON}?token={server['token']}"
    say(f"Bài học mở tại: {address}")
    if browser and not webbrowser.open(address):
        say("Không tự mở được trình duyệt: anh/chị chép địa chỉ trên vào trình duyệt.")


def close(lab: subprocess.Popen, server: "dict | None") -> None:
    """Ask the server to stop itself and its kernels; end it where it does not."""
    if server and lab.poll() is None:
        ask(server, "api/shutdown", method="POST")
    for end in (lab.terminate, lab.kill):
        try:
            lab.wait(timeout=15 if server else 1)
        except subprocess.TimeoutExpired:
            end()
    lab.wait()


def main(arguments: list) -> int:
    """Do what the command line asks; 0 = done, 1 = trouble, 2 = not understood."""
    command, rest = (arguments[0], arguments[1:]) if arguments else ("", [])
    if command == "demo":
        return run(ROOT, set_up(ROOT, (RUNTIME_LOCK,)), ["-m", "sosach.demo", *rest])
    if command == "test":
        check_tools()
        return run(ROOT, set_up(ROOT, (RUNTIME_LOCK, DEV_LOCK)), ["-m", "pytest", *rest])
    if arguments in ([], ["--no-browser"]):
        python = set_up(ROOT, (RUNTIME_LOCK,))
        prepare_practice(ROOT, python)
        open_lab(ROOT, python, browser=not arguments)
        return 0
    say(HELP)
    return 0 if command in ("-h", "--help") else 2


if __name__ == "__main__":
    if hasattr(sys.stdout, "reconfigure"):  # a Windows pipe knows no Vietnamese
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    for number in {signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM)}:
        if signal.getsignal(number) != signal.SIG_IGN:  # nohup stays nohup
            signal.signal(number, signal.default_int_handler)  # as Ctrl+C
    try:
        check_python(sys.version_info)
        sys.exit(main(sys.argv[1:]))
    except Trouble as stop:
        say(str(stop))
        sys.exit(1)
    except KeyboardInterrupt:
        say("Đã dừng. Lần chạy sau sẽ làm tiếp.")
        sys.exit(130)
