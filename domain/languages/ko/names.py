"""Names as Korean writers spell them in Hangul, with the Latin spellings of which one must then stand in the paper."""

from collections.abc import Mapping

_TABLE = """
가우스|가우시안=Gauss*,GP,GPs,3DGS; 가보르=Gabor; 그람 슈미트|그람-슈미트=Gram; 그레인저=Granger; 기브스|깁스=Gibbs;
내시=Nash; 뉴턴|뉴튼=Newton*; 디리클레=Dirichlet; 라그랑주|라그랑지안=Lagrang*; 라플라스|라플라시안=Laplac*;
랑주뱅|랑제뱅=Langevin; 리만=Riemann*; 리아푸노프|랴푸노프=Lyapunov; 립시츠=Lipschitz;
마르코프|마코프=Markov*,MDP,MDPs,POMDP,POMDPs,MCMC,HMM,HMMs; 마할라노비스=Mahalanobis; 맥스웰=Maxwell*;
바서슈타인|와서스타인|바세르슈타인=Wasserstein,earth mover*; 베르누이=Bernoulli; 베이즈|베이지안=Bayes*;
벨만=Bellman; 볼츠만=Boltzmann; 부트스트랩=bootstrap*; 브라운 운동=Brownian; 섀넌|샤넌=Shannon;
섀플리|샤플리=Shapley,SHAP; 슈뢰딩거=Schrodinger; 스타인|슈타인=Stein*; 스피어만=Spearman; 싱크혼=Sinkhorn;
아르놀트|아놀드=Arnold,KAN,KANs; 야코비|자코비안|야코비안=Jacobi*; 오일러=Euler*; 위너=Wiener; 유클리드=Euclid*;
체비쇼프|체비셰프=Chebyshev,Tchebychev; 칼만=Kalman,EKF,UKF; 코시=Cauchy; 코헨|코언=Cohen;
콜모고로프=Kolmogorov,KAN,KANs; 쿨백=Kullback,KL; 튜링=Turing; 파레토=Pareto; 포아송|푸아송=Poisson;
폰 노이만=Neumann; 푸리에=Fourier,FFT,DFT,STFT,FNO; 프레셰=Frechet,FID,FVD,FAD; 프로베니우스=Frobenius;
플랑크=Planck; 피셔=Fisher; 피어슨=Pearson; 하우스도르프=Hausdorff; 하이젠베르크=Heisenberg;
해밀턴|해밀토니안=Hamilton*; 헤비안|헵=Hebb*; 헤시안|헤세=Hessian*; 호프필드=Hopfield; 힐베르트=Hilbert,RKHS;
구글=Google,DeepMind; 깃허브=GitHub; 네이버=Naver; 데이터브릭스=Databricks;
디퓨전 트랜스포머=Diffusion Transformer*,DiT,DiTs; 딥마인드=DeepMind; 딥시크=DeepSeek;
라마=Llama,TinyLlama,CodeLlama; 레딧=Reddit; 리눅스=Linux; 마이크로소프트=Microsoft; 마인크래프트=Minecraft;
맘바=Mamba,VMamba; 몬테카를로|몬테 카를로|몬테칼로=Monte Carlo,MCTS,MCMC,MC; 무조코=MuJoCo; 미드저니=Midjourney;
미스트랄=Mistral; 믹스트랄=Mixtral; 버트=BERT,RoBERTa,SBERT,BERTScore; 비쿠나=Vicuna; 삼성=Samsung; 소넷=Sonnet;
스타크래프트=StarCraft; 스테이블 디퓨전|스테이블디퓨전=Stable Diffusion,SDXL,SD;
스택오버플로|스택 오버플로=Stack Overflow; 아마존=Amazon,AWS; 아타리=Atari; 안드로이드=Android,AndroidWorld;
알렉스넷=AlexNet; 알리바바=Alibaba; 알파고=AlphaGo; 알파폴드=AlphaFold; 애플=Apple; 앤트로픽=Anthropic;
엔비디아=NVIDIA,DGX,RTX; 오푸스=Opus; 오픈AI|오픈에이아이=OpenAI; 위키백과|위키피디아=Wikipedia,WikiText;
유넷=U-Net,UNet; 유튜브=YouTube; 이미지넷=ImageNet; 제미나이|제미니=Gemini; 젬마=Gemma; 젯슨=Jetson;
챗봇 아레나=Chatbot Arena; 챗GPT|챗지피티=ChatGPT; 카글|캐글=Kaggle; 코파일럿=Copilot; 쿠다=CUDA;
큐웬|쿠웬|큐원=Qwen; 클로드=Claude; 테슬라=Tesla; 텐서플로|텐서플로우=TensorFlow; 트위터=Twitter,tweet*;
트랜스포머=Transform*,ViT,ViTs,DiT,DiTs,BERT,GPT,MMDiT; 파이썬=Python,PyTorch; 파이토치=PyTorch; 팔콘=Falcon;
페이스북=Facebook; 플라밍고=Flamingo; 허깅페이스|허깅 페이스=Hugging Face,HuggingFace; 화웨이=Huawei,Ascend;
한국어=Korean; 중국어=Chinese,Mandarin,Sino*; 일본어=Japanese; 독일어=German*; 프랑스어=French; 스페인어=Spanish;
이탈리아어=Italian; 포르투갈어=Portuguese; 러시아어=Russian; 아랍어=Arab*; 힌디어=Hindi,Indic; 벵골어=Bengali,Bangla;
우르두어=Urdu; 베트남어=Vietnamese; 태국어=Thai; 튀르키예어|터키어=Turkish; 페르시아어=Persian,Farsi;
히브리어=Hebrew; 스와힐리어=Swahili; 인도네시아어=Indonesian; 그리스어=Greek; 라틴어=Latin; 산스크리트어=Sanskrit;
타밀어=Tamil; 폴란드어=Polish; 우크라이나어=Ukrain*; 네덜란드어=Dutch; 광둥어=Cantonese; 티베트어=Tibet*;
"""
"""Hangul spellings = Latin ones; ``Gauss*`` stands for every word that begins so."""


def _read() -> Mapping[str, tuple[str, ...]]:
    rows = (row.strip().split("=") for row in _TABLE.split(";") if row.strip())
    return {name: tuple(latin.split(",")) for names, latin in rows for name in names.split("|")}


NAMES = _read()
