"""Times the three small networks in ONNX Runtime, to be compared with org.layerj.eval.NetworkSpeed on the same machine: the least seconds of several runs, and of
processor time, which on a busy machine tells more.

    python benchmark_onnx.py FOLDER --threads 1 --runs 5

FOLDER holds PP-OCRv6_det_small.onnx, PP-OCRv6_rec_small.onnx and u2netp.onnx, as for make_fixtures.py --onnx.
"""
import argparse
import time
from pathlib import Path

import numpy as np
import onnxruntime

CASES = (("detector 640 x 640", "PP-OCRv6_det_small.onnx", (1, 3, 640, 640)), ("recogniser 6 x 320", "PP-OCRv6_rec_small.onnx", (6, 3, 48, 320)),
         ("subject 320 x 320", "u2netp.onnx", (1, 3, 320, 320)))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--runs", type=int, default=5)
    a = parser.parse_args()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = a.threads
    for name, file, shape in CASES:
        session = onnxruntime.InferenceSession(str(a.folder / file), options, providers=["CPUExecutionProvider"])
        x = np.random.default_rng(1).uniform(-1, 1, shape).astype(np.float32)
        feed, first = {session.get_inputs()[0].name: x}, [session.get_outputs()[0].name]
        session.run(first, feed)
        best = least = np.inf
        for _ in range(a.runs):
            start, busy = time.perf_counter(), time.process_time()
            session.run(first, feed)
            best, least = min(best, time.perf_counter() - start), min(least, time.process_time() - busy)
        print(f"{name:20s} {best:.3f} s, of processor time {least:.3f} s")


if __name__ == "__main__":
    main()
